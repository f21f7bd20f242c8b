/**
 * Internal: reading, and the order of the stages on a Netty channel, which
 * {@link io.zinx.pipeline.ZinxPipeline} draws; may change in any release.
 */
@NullMarked
package io.zinx.pipeline;

import org.jspecify.annotations.NullMarked;
