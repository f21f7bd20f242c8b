package io.zinx.boot.configfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.zinx.fuzz.Seeds;

/**
 * The seeds: valid and invalid files.
 */
public final class ZinxJsonSeeds {

	private ZinxJsonSeeds() {
	}

	/**
	 * Write all seeds to a directory.
	 * @param args its path
	 * @throws IOException if they cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Seeds.write(Path.of(args[0]), all());
	}

	static List<byte[]> all() {
		return Stream
			.of("""
					{
					  "Name": "zinx server", "Host": "127.0.0.1", "TCPPort": 8999, "MaxConn": 3,
					  "MaxPacketSize": 4096, "WorkerPoolSize": 0, "MaxWorkerTaskLen": 1024, "WorkerMode": "DynamicBind",
					  "MaxMsgChanLen": 1024, "IOReadBuffSize": 1024, "HeartbeatMax": 10, "LogDir": "log", "LogFile": "",
					  "LogIsolationLevel": 0, "Mode": "tcp", "RouterSlicesMode": false, "KcpPort": 9000
					}
					""", "{\"CertFile\": \"a\", \"PrivateKeyFile\": \"b\"}", "{\"tcpport\": 1, \"TCPPort\": 2}",
					"{\"Unknown\": {\"a\": [1, 2, {}]}}", "{\"Name\": null}", "{\"Name\": [1]}",
					"{\"MaxMsgChanLen\": -1}", "{\"MaxMsgChanLen\": 99999999999999999999}",
					"{\"WorkerPoolSize\": \"0\"}", "{\"Name\": \"\\u00e9\\n\"}", "", "{", "{}", "[]", "{} {}", "{\"a\"",
					"{\"a\":", "{\"a\": 1,}", "{\"a\": 1e999}", "nul", "\u00e4")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

}
