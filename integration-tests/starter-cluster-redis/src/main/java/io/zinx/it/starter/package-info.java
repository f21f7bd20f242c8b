/**
 * An application that is a node of a cluster.
 */
@NullMarked
package io.zinx.it.starter;

import org.jspecify.annotations.NullMarked;
