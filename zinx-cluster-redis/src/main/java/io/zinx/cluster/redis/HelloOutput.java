package io.zinx.cluster.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import org.jspecify.annotations.Nullable;

/**
 * The reply to {@code HELLO}, a map, as a list of names and values.
 */
final class HelloOutput extends CommandOutput<String, byte[], List<String>> {

	HelloOutput(RedisCodec<String, byte[]> codec) {
		super(codec, new ArrayList<>());
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		this.output.add((bytes != null) ? decodeString(bytes) : "");
	}

	@Override
	public void set(long integer) {
		this.output.add(Long.toString(integer));
	}

}
