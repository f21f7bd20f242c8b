/**
 * The load on an echo server: a {@link io.zinx.bench.load.Load} says which, a
 * {@link io.zinx.bench.load.LoadClient} makes it on one thread and checks every byte of
 * every reply.
 */
@NullMarked
package io.zinx.bench.load;

import org.jspecify.annotations.NullMarked;
