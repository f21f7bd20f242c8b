package io.zinx.boot.configfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

import io.zinx.boot.settings.NearestName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.util.ResourceUtils;

/**
 * Converts the entries of a {@code zinx.json} to {@code zinx.*} properties. An invalid
 * value becomes a property, too, with its place in the file, so that it is refused like
 * that of any other property.
 */
final class ZinxJsonImport {

	private static final long LEAST_OUTBOUND_BYTES = 1L << 20;

	private static final long MOST_OUTBOUND_BYTES = 1L << 30;

	private static final long DEFAULT_PACKET_SIZE = 4096;

	/** The name of the SSL bundle for the files of a certificate. */
	private static final String TLS_BUNDLE_NAME = "zinx-json";

	private static final String TLS_BUNDLE = "spring.ssl.bundle.pem." + TLS_BUNDLE_NAME + ".keystore";

	/** The port of WebSocket that Zinx has if none is set. */
	private static final String WEBSOCKET_PORT = "9000";

	private final Map<ZinxJsonKey, ZinxJsonEntry> entries = new EnumMap<>(ZinxJsonKey.class);

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final List<String> warnings = new ArrayList<>();

	private final Map<String, List<String>> ignored = new LinkedHashMap<>();

	/**
	 * Import a file.
	 * @param entries the entries of the file
	 * @throws ZinxJsonException if a value is neither text, number nor boolean
	 */
	ZinxJsonImport(List<ZinxJsonEntry> entries) {
		collect(entries);
		this.entries.forEach(this::convert);
		convertTls();
		convertMode();
	}

	private void collect(List<ZinxJsonEntry> all) {
		List<String> unknown = new ArrayList<>();
		for (ZinxJsonEntry entry : all) {
			ZinxJsonKey key = ZinxJsonKey.find(entry.key());
			if (key == null) {
				unknown.add(describeUnknown(entry));
				continue;
			}
			requireScalar(entry);
			ZinxJsonEntry earlier = this.entries.put(key, entry);
			if (earlier != null) {
				this.warnings.add(key.spelling() + " is set twice: " + describe(earlier) + " and " + describe(entry)
						+ ". The later value is used");
			}
		}
		if (!unknown.isEmpty()) {
			this.warnings.add("Ignored unknown keys: " + String.join(", ", unknown));
		}
	}

	private static String describe(ZinxJsonEntry entry) {
		return "'" + entry.key() + "' in line " + entry.line();
	}

	private static String describeUnknown(ZinxJsonEntry entry) {
		String nearest = NearestName.of(entry.key(), ZinxJsonKey.spellings());
		return describe(entry) + ((nearest != null) ? " (did you mean " + nearest + "?)" : "");
	}

	private static void requireScalar(ZinxJsonEntry entry) {
		if (entry.value() == null) {
			throw new ZinxJsonException(
					"The key '" + entry.key() + "' in the Zinx configuration file has an unsupported value: "
							+ entry.token() + " (" + entry.origin() + ").",
					"Set it to a string, a number, true or false, or remove it.", null);
		}
	}

	/**
	 * Tell whether TLS is configured. Zinx uses TLS if both files are set; here they
	 * become an SSL bundle.
	 */
	private boolean asksForTls() {
		return !value(ZinxJsonKey.CERT_FILE).isEmpty() && !value(ZinxJsonKey.PRIVATE_KEY_FILE).isEmpty();
	}

	private void convertTls() {
		ZinxJsonEntry certificate = this.entries.get(ZinxJsonKey.CERT_FILE);
		ZinxJsonEntry key = this.entries.get(ZinxJsonKey.PRIVATE_KEY_FILE);
		if (certificate != null && key != null && asksForTls()) {
			put(TLS_BUNDLE + ".certificate", location(value(ZinxJsonKey.CERT_FILE)), certificate);
			put(TLS_BUNDLE + ".private-key", location(value(ZinxJsonKey.PRIVATE_KEY_FILE)), key);
			put("zinx.ssl.bundle", TLS_BUNDLE_NAME, certificate);
		}
	}

	private static String location(String file) {
		return ResourceUtils.isUrl(file) ? file : "file:" + file;
	}

	private void convert(ZinxJsonKey key, ZinxJsonEntry entry) {
		String property = key.property();
		String value = value(key);
		if (property == null) {
			ignore(key);
			return;
		}
		switch (key) {
			case HOST -> put(property, value.isEmpty() ? "0.0.0.0" : value, entry);
			case WORKER_POOL_SIZE -> convertPoolSize(property, value, entry);
			case WORKER_MODE -> convertWorkerMode(property, value, entry);
			case HEARTBEAT_MAX -> put(property, wholeNumber(value).isPresent() ? value + "s" : value, entry);
			case MAX_MSG_CHAN_LEN -> put(property, outboundBytes(value), entry);
			default -> put(property, value, entry);
		}
	}

	private void convertPoolSize(String property, String value, ZinxJsonEntry entry) {
		if (!isZero(value)) {
			put(property, value, entry);
			return;
		}
		put("zinx.worker-mode", "bind", entry);
		this.warnings.add("With WorkerPoolSize 0, Zinx handles all messages concurrently, in any order. Here, "
				+ "zinx.worker-mode is set to 'bind': connections do not wait for each other, and the messages of each "
				+ "connection are handled in order");
	}

	private void convertWorkerMode(String property, String value, ZinxJsonEntry entry) {
		if (value.isEmpty() || isZero(value(ZinxJsonKey.WORKER_POOL_SIZE))) {
			return;
		}
		String mode = value.toLowerCase(Locale.ROOT);
		put(property, mode.equals("dynamicbind") ? "bind" : mode, entry);
	}

	/**
	 * Convert a number of waiting messages to bytes. Zinx limits messages, whatever their
	 * size, and this server limits bytes: it gets room for that many messages of maximum
	 * size, and never less than by default.
	 */
	private String outboundBytes(String value) {
		OptionalLong messages = wholeNumber(value);
		if (messages.isEmpty()) {
			return value;
		}
		if (messages.getAsLong() < 0) {
			return value + "B";
		}
		long size = Math.max(1, wholeNumber(value(ZinxJsonKey.MAX_PACKET_SIZE)).orElse(DEFAULT_PACKET_SIZE));
		long bytes = (messages.getAsLong() > MOST_OUTBOUND_BYTES / size) ? MOST_OUTBOUND_BYTES
				: messages.getAsLong() * size;
		return Math.max(LEAST_OUTBOUND_BYTES, bytes) + "B";
	}

	private void ignore(ZinxJsonKey key) {
		boolean used = switch (key) {
			case CERT_FILE, PRIVATE_KEY_FILE -> asksForTls();
			case WS_PORT, WS_PATH -> asksForWebSocket();
			default -> false;
		};
		if (key != ZinxJsonKey.MODE && !used) {
			this.ignored.computeIfAbsent(key.reason(), (reason) -> new ArrayList<>()).add(key.spelling());
		}
	}

	/**
	 * Convert the transports. Zinx knows TCP, WebSocket on a port of its own, and both
	 * for any other value.
	 */
	private void convertMode() {
		if (value(ZinxJsonKey.MODE).equals("kcp")) {
			this.warnings.add("Mode 'kcp': this server does not support KCP. It listens for plain TCP");
		}
		ZinxJsonEntry mode = this.entries.get(ZinxJsonKey.MODE);
		if (mode == null || !asksForWebSocket()) {
			return;
		}
		if (value(ZinxJsonKey.MODE).equals("websocket")) {
			put("zinx.port", "-1", mode);
		}
		ZinxJsonEntry port = this.entries.get(ZinxJsonKey.WS_PORT);
		put("zinx.websocket.port", (port != null) ? value(ZinxJsonKey.WS_PORT) : WEBSOCKET_PORT,
				(port != null) ? port : mode);
		ZinxJsonEntry path = this.entries.get(ZinxJsonKey.WS_PATH);
		if (path != null && !value(ZinxJsonKey.WS_PATH).isEmpty()) {
			put("zinx.websocket.path", value(ZinxJsonKey.WS_PATH), path);
		}
	}

	private boolean asksForWebSocket() {
		String mode = value(ZinxJsonKey.MODE);
		return this.entries.containsKey(ZinxJsonKey.MODE) && !mode.equals("tcp") && !mode.equals("kcp");
	}

	private void put(String property, String value, ZinxJsonEntry entry) {
		this.properties.put(property, OriginTrackedValue.of(value, entry.origin()));
	}

	private String value(ZinxJsonKey key) {
		ZinxJsonEntry entry = this.entries.get(key);
		String value = (entry != null) ? entry.value() : null;
		return (value != null) ? value : "";
	}

	private static boolean isZero(String value) {
		OptionalLong number = wholeNumber(value);
		return number.isPresent() && number.getAsLong() == 0;
	}

	private static OptionalLong wholeNumber(String value) {
		try {
			return OptionalLong.of(Long.parseLong(value));
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

	/**
	 * The properties of the file.
	 * @return each with its place in the file
	 */
	Map<String, Object> properties() {
		return Collections.unmodifiableMap(this.properties);
	}

	/**
	 * The warnings for the operator.
	 * @return sentences without full stop
	 */
	List<String> warnings() {
		return this.warnings;
	}

	/**
	 * The keys without a counterpart here.
	 * @return one sentence without full stop, or {@code null} if there are none
	 */
	@Nullable String ignored() {
		if (this.ignored.isEmpty()) {
			return null;
		}
		List<String> groups = new ArrayList<>();
		this.ignored.forEach((reason, keys) -> groups.add(String.join(", ", keys) + " (" + reason + ")"));
		return "Ignored keys: " + String.join("; ", groups);
	}

}
