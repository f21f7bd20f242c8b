/**
 * The order of the stages on a Netty channel: {@link io.zinx.pipeline.ZinxPipeline}.
 */
@NullMarked
package io.zinx.pipeline;

import org.jspecify.annotations.NullMarked;
