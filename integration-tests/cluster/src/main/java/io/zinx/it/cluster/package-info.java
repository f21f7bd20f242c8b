/**
 * Users on several nodes of a cluster who come and go, pushes from all sides, faults in
 * between, and a model that knows what must arrive. Begin with {@code ClusterProof} and
 * {@code Play}.
 */
@NullMarked
package io.zinx.it.cluster;

import org.jspecify.annotations.NullMarked;
