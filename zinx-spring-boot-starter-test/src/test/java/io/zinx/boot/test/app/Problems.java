package io.zinx.boot.test.app;

import io.zinx.boot.handler.InvalidPayloadException;
import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.handler.ZinxExceptionHandler;

@ZinxAdvice
class Problems {

	@ZinxExceptionHandler
	String onInvalid(InvalidPayloadException ex) {
		return "invalid";
	}

}
