/**
 * Random traffic from clients of its own against servers of all kinds, and a model that
 * knows what must arrive. Begin with {@code TrafficTests} and {@code Round}.
 */
@NullMarked
package io.zinx.traffic;

import org.jspecify.annotations.NullMarked;
