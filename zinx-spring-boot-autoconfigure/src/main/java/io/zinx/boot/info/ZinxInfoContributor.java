package io.zinx.boot.info;

import java.util.LinkedHashMap;
import java.util.Map;

import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Contributes what does not change while the server runs: name, port, wire format,
 * transport, worker mode.
 */
public final class ZinxInfoContributor implements InfoContributor {

	private final ZinxServer server;

	/**
	 * Create a contributor.
	 * @param server the server
	 */
	public ZinxInfoContributor(ZinxServer server) {
		this.server = server;
	}

	@Override
	public void contribute(Info.Builder builder) {
		ServerConfig config = this.server.config();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("name", config.name());
		details.put("port", this.server.port());
		details.put("codec", config.codec().name());
		String transport = this.server.transportKind();
		if (transport != null) {
			details.put("transport", transport);
		}
		details.put("workerMode", config.workers().mode().toString());
		details.put("maxConn", config.maxConn());
		builder.withDetail("zinx", details);
	}

}
