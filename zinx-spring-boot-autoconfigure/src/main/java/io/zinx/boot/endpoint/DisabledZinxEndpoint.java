package io.zinx.boot.endpoint;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator endpoint of an application whose server is disabled, in the place of
 * {@link ZinxEndpoint}.
 */
@Endpoint(id = "zinx", defaultAccess = Access.READ_ONLY)
public class DisabledZinxEndpoint {

	/**
	 * Tell that the server is disabled.
	 * @return {@code disabled}
	 */
	@ReadOperation
	public StateDescriptor server() {
		return new StateDescriptor("disabled");
	}

	/**
	 * A server of which there is nothing else to show.
	 *
	 * @param state {@code disabled}
	 */
	public record StateDescriptor(String state) implements OperationResponseBody {
	}

}
