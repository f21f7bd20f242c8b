package io.zinx.cluster.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;

/**
 * The codec of topics and messages.
 */
final class Codecs {

	static final RedisCodec<String, byte[]> TOPICS = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private Codecs() {
	}

}
