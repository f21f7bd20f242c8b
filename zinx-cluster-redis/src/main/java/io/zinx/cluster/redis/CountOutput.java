package io.zinx.cluster.redis;

import java.nio.ByteBuffer;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import org.jspecify.annotations.Nullable;

/**
 * The number in a reply: that of {@code PUBLISH}, or the one behind the name in the reply
 * to {@code PUBSUB NUMSUB}.
 */
final class CountOutput extends CommandOutput<String, byte[], Long> {

	CountOutput(RedisCodec<String, byte[]> codec) {
		super(codec, 0L);
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		// The name of the topic.
	}

	@Override
	public void set(long integer) {
		this.output = integer;
	}

}
