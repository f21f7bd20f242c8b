package io.zinx.boot.endpoint;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers over HTTP as HTTP clients expect.
 */
@EndpointWebExtension(endpoint = ZinxEndpoint.class)
public class ZinxEndpointWebExtension {

	private final ZinxEndpoint delegate;

	/**
	 * Make an extension.
	 * @param delegate the endpoint
	 */
	public ZinxEndpointWebExtension(ZinxEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Throw a connection out.
	 * @param connId the connection's number
	 * @return 204, or 404 if there is none of that number
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> kick(@Selector String connId) {
		return new WebEndpointResponse<>(this.delegate.kick(connId) ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
