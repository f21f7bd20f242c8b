package io.zinx.boot.observation;

import io.micrometer.common.KeyValues;
import io.zinx.boot.observation.ZinxObservationDocumentation.HighCardinalityKeyNames;
import io.zinx.boot.observation.ZinxObservationDocumentation.LowCardinalityKeyNames;
import io.zinx.diagnostics.EscapedException;
import io.zinx.routing.Request;

/**
 * The default names and tags, those of {@link ZinxObservationDocumentation}.
 */
public class DefaultZinxServerObservationConvention implements ZinxServerObservationConvention {

	@Override
	public String getName() {
		return ZinxObservationDocumentation.NAME;
	}

	@Override
	public String getContextualName(ZinxServerObservationContext context) {
		return "zinx " + msgId(context);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ZinxServerObservationContext context) {
		Throwable error = context.getError();
		return KeyValues.of(LowCardinalityKeyNames.SERVER.withValue(context.serverName()),
				LowCardinalityKeyNames.MSG_ID.withValue(msgId(context)),
				LowCardinalityKeyNames.OUTCOME.withValue(outcome(context)), LowCardinalityKeyNames.ERROR
					.withValue((error == null) ? "none" : EscapedException.typeOf(error).getSimpleName()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ZinxServerObservationContext context) {
		Request request = context.request();
		return KeyValues.of(HighCardinalityKeyNames.CONN_ID.withValue(Long.toString(request.connection().connId())),
				HighCardinalityKeyNames.PEER.withValue(request.connection().remoteAddress().toString()));
	}

	private static String outcome(ZinxServerObservationContext context) {
		if (context.getError() == null) {
			return "success";
		}
		return context.isErrorHandled() ? "handled" : "failure";
	}

	private static String msgId(ZinxServerObservationContext context) {
		return context.isRouted() ? Long.toString(context.request().msgId()) : "unknown";
	}

}
