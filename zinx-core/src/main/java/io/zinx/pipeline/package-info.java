/**
 * Reading, and the order of the stages on a Netty channel, which
 * {@link io.zinx.pipeline.ZinxPipeline} draws. Internal: no user types a name of this
 * package.
 */
@NullMarked
package io.zinx.pipeline;

import org.jspecify.annotations.NullMarked;
