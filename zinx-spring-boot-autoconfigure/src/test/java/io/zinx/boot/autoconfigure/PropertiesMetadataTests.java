package io.zinx.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.zinx.boot.handler.PayloadFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class PropertiesMetadataTests {

	@Test
	void everyPropertyIsDescribed() throws Exception {
		List<String> described = new ArrayList<>();
		List<String> names = new ArrayList<>();
		for (JsonNode property : properties()) {
			names.add(property.get("name").asString());
			JsonNode description = property.get("description");
			if (description != null && description.asString().endsWith(".")
					&& !description.asString().startsWith("The ")) {
				described.add(property.get("name").asString());
			}
		}
		assertThat(described).containsExactlyElementsOf(names);
		assertThat(names).contains("zinx.enabled", "zinx.shutdown.close-window", "zinx.shutdown.quiet-period",
				"zinx.shutdown.late-requests", "zinx.shutdown.refusal.msg-id", "zinx.shutdown.refusal.text",
				"zinx.max-conn-age", "zinx.max-conn-age-jitter", "zinx.metrics.timing", "zinx.observation.enabled",
				"zinx.logging.mdc", "zinx.payload", "zinx.config-file", "zinx.async-timeout", "zinx.heartbeat.mode",
				"zinx.heartbeat.interval", "zinx.heartbeat.timeout", "zinx.heartbeat.msg-id", "zinx.heartbeat.text",
				"zinx.heartbeat.jitter", "zinx.idle.read-timeout", "zinx.idle.write-timeout", "zinx.idle.all-timeout",
				"zinx.receive.first-message-timeout", "zinx.receive.frame-timeout", "zinx.name", "zinx.host",
				"zinx.port", "zinx.max-conn", "zinx.max-packet-size", "zinx.worker-pool-size",
				"zinx.max-worker-task-len", "zinx.worker-mode", "zinx.bind-max-threads", "zinx.codec",
				"zinx.event-loops", "zinx.backlog", "zinx.native-transport", "zinx.outbound.max-bytes",
				"zinx.inbound.max-bytes", "zinx.inbound.total-max-bytes", "zinx.outbound.total-max-bytes",
				"zinx.outbound.flush-timeout", "zinx.outbound.high-water-mark", "zinx.outbound.low-water-mark",
				"zinx.outbound.slow-consumer-policy", "zinx.outbound.block-timeout", "zinx.socket.receive-buffer",
				"zinx.socket.send-buffer", "zinx.shutdown.goodbye.msg-id", "zinx.shutdown.goodbye.text",
				"zinx.shutdown.grace-period", "zinx.shutdown.mode", "zinx.htlv-crc.reply-head",
				"zinx.length-field.order", "zinx.length-field.max-frame-length", "zinx.length-field.offset",
				"zinx.length-field.length", "zinx.length-field.adjustment", "zinx.length-field.strip",
				"zinx.delimiter.bytes", "zinx.fixed.length", "zinx.magic.bytes", "zinx.magic.on-mismatch",
				"zinx.magic.max-skipped", "zinx.first-packet.msg-id", "zinx.first-packet.length",
				"zinx.first-packet.delimiter", "zinx.max-conn-policy", "zinx.max-conn-reject.msg-id",
				"zinx.max-conn-reject.text", "zinx.ssl.enabled", "zinx.ssl.bundle", "zinx.ssl.client-auth",
				"zinx.ssl.handshake-timeout", "zinx.handshake.max-pending", "zinx.session.duplicate-login",
				"zinx.session.kick.msg-id", "zinx.session.kick.text", "zinx.session.replaced.msg-id",
				"zinx.session.replaced.text", "zinx.cluster.enabled", "zinx.cluster.name", "zinx.cluster.node-id",
				"zinx.cluster.heartbeat-interval", "zinx.cluster.node-timeout", "zinx.cluster.publish-timeout",
				"zinx.cluster.max-pending", "zinx.cluster.max-inbound", "zinx.cluster.health",
				"management.endpoint.zinx.access", "management.health.zinx.enabled", "management.info.zinx.enabled");
	}

	@Test
	void settingsBetweenSocketsAndMessagesAreDescribed() throws Exception {
		assertThat(properties()).extracting((property) -> property.get("name").asString())
			.contains("zinx.ssl.mode", "zinx.ssl.server-name-bundles", "zinx.proxy-protocol.mode",
					"zinx.proxy-protocol.trusted", "zinx.proxy-protocol.timeout", "zinx.sniff-timeout");
	}

	@Test
	void whatHasFewValuesNamesAndDescribesThemAll() throws Exception {
		Map<String, List<String>> hints = new TreeMap<>();
		for (JsonNode hint : OurMetadata.of("hints")) {
			if (hint.has("providers")) {
				continue;
			}
			List<String> values = new ArrayList<>();
			for (JsonNode value : hint.get("values")) {
				values.add(value.get("value").asString());
				assertThat(value.get("description").asString()).endsWith(".");
			}
			hints.put(hint.get("name").asString(), values);
		}
		List<String> names = properties().stream().map((property) -> property.get("name").asString()).toList();
		assertThat(names).containsAll(hints.keySet());
		int enums = 0;
		for (JsonNode property : properties()) {
			Class<?> type = Class.forName(property.get("type").asString().replaceAll("<.*", ""));
			if (type.isEnum() && !property.get("name").asString().startsWith("management.")) {
				enums++;
				List<String> constants = Stream.of(type.getEnumConstants())
					.filter((constant) -> constant != PayloadFormat.DEFAULT)
					.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
					.toList();
				assertThat(hints.get(property.get("name").asString())).as(property.toString())
					.containsExactlyElementsOf(constants);
			}
		}
		assertThat(enums).isGreaterThanOrEqualTo(10);
	}

	/**
	 * The warnings about unknown settings know every one, and conditions included.
	 */
	@Test
	void theSettingsThatTheCodeKnowsAreThoseOfTheMetadata() throws Exception {
		List<String> described = properties().stream().map((property) -> property.get("name").asString()).toList();
		assertThat(ZinxSettings.knownWithActuator().all()).extracting((setting) -> setting.name())
			.containsExactlyInAnyOrderElementsOf(described);
	}

	@Test
	void whatIsTheNameOfSomethingElseHasAProvider() throws Exception {
		Map<String, String> providers = new TreeMap<>();
		for (JsonNode hint : OurMetadata.of("hints")) {
			for (JsonNode provider : hint.path("providers")) {
				providers.put(hint.get("name").asString(), provider.toString());
			}
		}
		assertThat(providers).containsOnlyKeys("zinx.config-file", "zinx.ssl.bundle");
		assertThat(providers.get("zinx.config-file")).contains("handle-as", "org.springframework.core.io.Resource");
		assertThat(providers.get("zinx.ssl.bundle")).contains("any");
	}

	/**
	 * A description is read beside a name that one types, without the others of its
	 * group.
	 */
	@Test
	void aDescriptionNamesOtherPropertiesInFull() throws Exception {
		List<String> relative = new ArrayList<>();
		for (JsonNode property : properties()) {
			String name = property.get("name").asString();
			for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
				relative.add(name.substring(dot + 1));
			}
		}
		relative.removeIf((name) -> !name.matches(".*[.-].*"));
		for (JsonNode property : properties()) {
			List<String> words = List.of(property.get("description").asString().split("[^a-z.-]+|\\.( |$)"));
			assertThat(words).as(property.toString()).doesNotContainAnyElementsOf(relative);
		}
	}

	@Test
	void aDescriptionSaysMoreThanAName() throws Exception {
		List<String> descriptions = properties().stream()
			.map((property) -> property.get("description").asString())
			.toList();
		assertThat(descriptions).doesNotHaveDuplicates().allMatch((description) -> description.length() > 30);
	}

	private static List<JsonNode> properties() throws Exception {
		return OurMetadata.of("properties");
	}

}
