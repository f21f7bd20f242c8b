package io.zinx.boot.endpoint;

import java.util.Set;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Web extension of the endpoint, which answers with the status codes of HTTP.
 */
@EndpointWebExtension(endpoint = ZinxEndpoint.class)
@RegisterReflectionForBinding({ ConnectionDetailsDescriptor.class, RoutesDescriptor.class, GroupsDescriptor.class,
		WorkersDescriptor.class, ClusterDescriptor.class })
public class ZinxEndpointWebExtension {

	private final ZinxEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when to show the values of connections' properties
	 * @param roles the roles of which a user needs one to be authorized; empty for any
	 */
	public ZinxEndpointWebExtension(ZinxEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * Show a part of the server, or one connection.
	 * @param securityContext the caller
	 * @param selector {@code routes}, {@code groups}, {@code workers}, {@code cluster},
	 * or the connection's number
	 * @return what was selected, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> selected(SecurityContext securityContext,
			@Selector String selector) {
		OperationResponseBody body = this.delegate.selected(selector,
				this.showValues.isShown(securityContext, this.roles));
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Close a connection.
	 * @param connId the connection's number
	 * @return 204, or 404 if there is none of that number
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> kick(@Selector String connId) {
		return new WebEndpointResponse<>(this.delegate.kick(connId) ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
