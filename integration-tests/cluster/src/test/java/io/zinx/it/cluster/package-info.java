@NullMarked
package io.zinx.it.cluster;

import org.jspecify.annotations.NullMarked;
