package io.zinx.boot.autoconfigure;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	@Test
	void numberThatIsNone(CapturedOutput output) {
		fails(Empty.class, "zinx.max-conn=abc");
		assertThat(FailureAnalysis.last(output)).contains("zinx.max-conn", "\"abc\"", "commandLineArgs", "int");
	}

	@Test
	void numberOutOfRange(CapturedOutput output) {
		fails(Empty.class, "zinx.max-conn=-1");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value '-1' for configuration property 'zinx.max-conn'", "commandLineArgs", "1 or more",
				"Action:");
	}

	@Test
	void numberOutOfRangeWhoseNameIsSpelledAsInGo(CapturedOutput output) {
		fails(Empty.class, "zinx.maxConn=-1");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value '-1' for configuration property 'zinx.max-conn'", "commandLineArgs", "1 or more",
				"Action:");
	}

	@Test
	void sizeOutOfRangeIsShownAsTyped(CapturedOutput output) {
		fails(Empty.class, "zinx.outbound.max-bytes=2GB");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value '2GB' for configuration property 'zinx.outbound.max-bytes'", "1024 to 1073741824");
	}

	@Test
	void everyOtherSettingOutOfRange(CapturedOutput output) {
		for (String property : List.of("zinx.port=65536", "zinx.backlog=0", "zinx.event-loops=-1",
				"zinx.max-packet-size=0", "zinx.worker-pool-size=0", "zinx.max-worker-task-len=0",
				"zinx.bind-max-threads=0", "zinx.inbound.max-bytes=4KB", "zinx.inbound.max-bytes=0B",
				"zinx.inbound.total-max-bytes=1KB", "zinx.outbound.total-max-bytes=1KB",
				"zinx.outbound.flush-timeout=-1s", "zinx.outbound.high-water-mark=2MB",
				"zinx.outbound.low-water-mark=512KB", "zinx.outbound.block-timeout=0s",
				"zinx.shutdown.goodbye.msg-id=-1", "zinx.session.kick.msg-id=-1",
				"zinx.session.replaced.msg-id=4294967296", "zinx.max-conn-reject.msg-id=-1",
				"zinx.max-conn-reject.msg-id=7", "zinx.shutdown.grace-period=-1s", "zinx.shutdown.close-window=20s",
				"zinx.shutdown.quiet-period=-1s", "zinx.shutdown.refusal.msg-id=7", "zinx.max-conn-age=-1s",
				"zinx.max-conn-age-jitter=0.6")) {
			fails(Empty.class, property);
			String[] parts = property.split("=", 2);
			assertThat(FailureAnalysis.last(output))
				.contains("Invalid value '" + parts[1] + "' for configuration property '" + parts[0] + "'");
		}
	}

	@Test
	void sslBundleThatIsUnknown(CapturedOutput output) {
		fails(Empty.class, "zinx.ssl.bundle=web", "spring.ssl.bundle.jks.inside.keystore.location=classpath:none");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'web' for configuration property 'zinx.ssl.bundle'",
				"the name of an SSL bundle below spring.ssl.bundle: [inside]");
	}

	@Test
	void sslBundleThatCannotBeLoaded(CapturedOutput output) {
		fails(Empty.class, "zinx.ssl.bundle=inside", "spring.ssl.bundle.jks.inside.keystore.location=classpath:none");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'inside' for configuration property 'zinx.ssl.bundle'", "this one cannot be used",
				"classpath:none");
	}

	@Test
	void sslWithoutABundle(CapturedOutput output) {
		fails(Empty.class, "zinx.ssl.enabled=true");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value 'true' for configuration property 'zinx.ssl.enabled'", "zinx.ssl.bundle set");
	}

	@ParameterizedTest
	@CsvSource({ "zinx.ssl.client-auth, need", "zinx.ssl.handshake-timeout, 5s", "zinx.ssl.clientAuth, none" })
	void sslSettingThatDoesNotSayWhetherThereIsTls(String property, String value, CapturedOutput output) {
		fails(Empty.class, property + "=" + value, "zinx.ssl.bundle=");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value '" + value + "' for configuration property '"
						+ property.replace("clientAuth", "client-auth") + "'",
				"commandLineArgs", "Without zinx.ssl.bundle, connections are not encrypted",
				"set zinx.ssl.enabled to false");
	}

	@Test
	void sslBundleThatIsMisspelt(CapturedOutput output) {
		fails(Empty.class, "zinx.ssl.bundel=web");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'web' for configuration property 'zinx.ssl.bundel'", "There is no such property",
				"Did you mean zinx.ssl.bundle?");
	}

	@Test
	void sslThatIsSwitchedOffIsNoFailure() {
		ZinxApplication.run(Empty.class, "zinx.ssl.enabled=false", "zinx.ssl.client-auth=need").close();
	}

	@Test
	void handshakeTimeoutThatIsNegative(CapturedOutput output) {
		X509Bundle server = TestTls.SERVER;
		fails(Empty.class, "zinx.ssl.bundle=inside", "zinx.ssl.handshake-timeout=-1s",
				"spring.ssl.bundle.pem.inside.keystore.certificate=" + server.getCertificatePathPEM(),
				"spring.ssl.bundle.pem.inside.keystore.private-key=" + server.getPrivateKeyPEM());
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value '-1s' for configuration property 'zinx.ssl.handshake-timeout'", "zero or more");
	}

	@Test
	void noRoomForHandshakes(CapturedOutput output) {
		fails(Empty.class, "zinx.handshake.max-pending=0");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value '0' for configuration property 'zinx.handshake.max-pending'", "1 or more");
	}

	@Test
	void policyThatLacksItsMessage(CapturedOutput output) {
		fails(Empty.class, "zinx.max-conn-policy=reject-message");
		assertThat(FailureAnalysis.last(output))
			.contains("The property zinx.max-conn-reject.msg-id is not set.",
					"It should be set with zinx.max-conn-policy=reject-message.")
			.doesNotContain("null");
		fails(Empty.class, "zinx.shutdown.late-requests=refuse");
		assertThat(FailureAnalysis.last(output))
			.contains("The property zinx.shutdown.refusal.msg-id is not set.",
					"It should be set with zinx.shutdown.late-requests=refuse.")
			.doesNotContain("null");
	}

	@Test
	void codecThatLacksItsLength(CapturedOutput output) {
		fails(Empty.class, "zinx.codec=fixed");
		assertThat(FailureAnalysis.last(output))
			.contains("The property zinx.fixed.length is not set.",
					"It should be 1 or more bytes with zinx.codec=fixed.")
			.doesNotContain("'0'");
		fails(Empty.class, "zinx.codec=fixed", "zinx.fixed.length=0");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value '0' for configuration property 'zinx.fixed.length'");
	}

	@Test
	void defaultThatDoesNotGoWithAnotherProperty(CapturedOutput output) {
		fails(Empty.class, "zinx.codec=fixed", "zinx.fixed.length=8192");
		assertThat(FailureAnalysis.last(output)).contains(
				"The property zinx.max-packet-size is not set, and its default, '4096', cannot be used.",
				"Set zinx.max-packet-size. It should be 8192 bytes or more with codec fixed.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			zinx.shutdown.close-window=20s         | less than zinx.shutdown.grace-period, 20s.
			zinx.outbound.total-max-bytes=1KB      | at least zinx.outbound.max-bytes, 1048576 bytes.
			zinx.outbound.high-water-mark=2MB      | 0 to 1048576 bytes.
			zinx.inbound.max-bytes=1KB             | at least 4104 bytes, one whole frame of zinx.max-packet-size.
			zinx.max-conn-reject.msg-id=7          | not set with zinx.max-conn-policy=close.
			zinx.first-packet.length=7             | set together with zinx.first-packet.msg-id.
			zinx.socket.send-buffer=-1B            | 0 bytes or more.
			""")
	void limitsHaveUnitsAndNameProperties(String property, String limit, CapturedOutput output) {
		fails(Empty.class, property);
		assertThat(FailureAnalysis.last(output)).contains("It should be " + limit);
	}

	@Test
	void settingOutOfRangeByCode(CapturedOutput output) {
		fails(BadCustomizer.class);
		assertThat(FailureAnalysis.last(output)).contains(
				"The setting 'max-conn' of the Zinx server has the invalid value '0'", "ZinxServerCustomizer",
				"1 or more");
	}

	@Test
	void propertyThatACodecBeanCannotExpress(CapturedOutput output) {
		fails(FixedCodecBean.class, "zinx.heartbeat.mode=send");
		assertThat(FailureAnalysis.last(output)).contains("The setting 'heartbeat.text' of the Zinx server",
				"Code has set the value, or has set something that", "4 to 4 bytes long with codec fixed",
				"FrameCodec bean", "'zinx.heartbeat.text'");
	}

	@Test
	void twoFallbacksByCode(CapturedOutput output) {
		fails(TwoFallbacks.class);
		assertThat(FailureAnalysis.last(output)).contains("Two Zinx routers are registered as fallback", "'one'",
				"'other'", "Remove one");
	}

	@Test
	void codecThatThereIsNot(CapturedOutput output) {
		fails(Empty.class, "zinx.codec=xml");
		assertThat(FailureAnalysis.last(output)).contains("zinx.codec", "\"xml\"", "    ltv", "    tlv", "    htlv-crc",
				"    length-field", "    delimiter", "    fixed", "    raw");
	}

	@Test
	void magicOrFirstPacketInFrontOfACodecThatIsABean(CapturedOutput output) {
		fails(CodecBean.class, "zinx.magic.bytes=cafe");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'cafe' for configuration property 'zinx.magic.bytes'",
				"the bean of type io.zinx.codec.LtvCodec is used without changes", "MagicPrefixCodec");
		fails(CodecBean.class, "zinx.first-packet.msg-id=9");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value '9' for configuration property 'zinx.first-packet.msg-id'", "FirstPacketCodec");
	}

	@Test
	void workerModeThatThereIsNot(CapturedOutput output) {
		fails(Empty.class, "zinx.worker-mode=magic");
		assertThat(FailureAnalysis.last(output)).contains("zinx.worker-mode", "\"magic\"", "hash", "bind",
				"event-loop");
	}

	@Test
	void portThatIsTaken(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			fails(Empty.class, "zinx.port=" + taken.getLocalPort());
			assertThat(FailureAnalysis.last(output))
				.contains("port " + taken.getLocalPort() + " on 0.0.0.0 is already in use", "zinx.port");
		}
	}

	@Test
	void hostThatIsNotOfThisMachine(CapturedOutput output) {
		fails(Empty.class, "zinx.host=192.0.2.1");
		assertThat(FailureAnalysis.last(output)).contains("192.0.2.1", "zinx.host");
	}

	@Test
	void hostThatDoesNotExist(CapturedOutput output) {
		fails(Empty.class, "zinx.host=no-such-host.invalid");
		assertThat(FailureAnalysis.last(output))
			.contains("cannot listen on no-such-host.invalid, any free port: there is no such host.", "zinx.host")
			.doesNotContain("null");
	}

	@Test
	void twoClassesForOneMessage(CapturedOutput output) {
		fails(List.of(One.class, Other.class));
		assertThat(FailureAnalysis.last(output)).contains("Message 1 has two Zinx routers", "'startFailureTests.One'",
				"'startFailureTests.Other'", "Change the msgId of one of them");
	}

	@Test
	void classAndBeanMethodForOneMessage(CapturedOutput output) {
		fails(List.of(One.class, OneByMethod.class));
		assertThat(FailureAnalysis.last(output)).contains("Message 1 has two Zinx routers", "'startFailureTests.One'",
				"'oneByMethod' (bean method 'oneByMethod' in io.zinx.boot.autoconfigure.StartFailureTests$OneByMethod)");
	}

	@Test
	void registrarForATakenMessage(CapturedOutput output) {
		fails(List.of(One.class, OneByCode.class));
		assertThat(FailureAnalysis.last(output)).contains("Message 1 has two Zinx routers", "'startFailureTests.One'",
				"'by code'");
	}

	@Test
	void lambdaOfARegistrarForATakenMessage(CapturedOutput output) {
		fails(List.of(One.class, OneByLambda.class));
		assertThat(FailureAnalysis.last(output))
			.contains("Message 1 has two Zinx routers", "'startFailureTests.One'",
					"'a lambda in io.zinx.boot.autoconfigure.StartFailureTests$OneByLambda'")
			.doesNotContain("$$Lambda");
	}

	@Test
	void sameMessageTwiceInOneAnnotation(CapturedOutput output) {
		fails(Twice.class);
		assertThat(FailureAnalysis.last(output)).contains("Message 3 is registered twice", "'startFailureTests.Twice'");
	}

	@Test
	void negativeMessage(CapturedOutput output) {
		fails(Negative.class);
		assertThat(FailureAnalysis.last(output)).contains("'startFailureTests.Negative'", "message -1",
				"from 0 to 4294967295");
	}

	@Test
	void messageOutsideItsGroup(CapturedOutput output) {
		fails(OutsideItsGroup.class);
		assertThat(FailureAnalysis.last(output)).contains("'by code'",
				"message 9, which is outside the range of its group", "from 10 to 20");
	}

	@Test
	void messageTooLarge(CapturedOutput output) {
		fails(TooLarge.class);
		assertThat(FailureAnalysis.last(output)).contains("'startFailureTests.TooLarge'", "message 4294967296",
				"from 0 to 4294967295");
	}

	@Test
	void annotatedClassThatIsNoRouter(CapturedOutput output) {
		fails(NoRouter.class);
		assertThat(FailureAnalysis.last(output)).contains("'startFailureTests.NoRouter'", "is not a Router",
				"Implement io.zinx.routing.Router", "or annotate its methods");
	}

	@Test
	void annotatedBeanMethodThatMakesNoRouter(CapturedOutput output) {
		fails(NoRouterByMethod.class);
		assertThat(FailureAnalysis.last(output)).contains("'noRouter' (bean method 'noRouter'",
				"it is a java.lang.String");
	}

	@Test
	void prototype(CapturedOutput output) {
		fails(Prototype.class);
		assertThat(FailureAnalysis.last(output)).contains("'startFailureTests.Prototype'", "is not a singleton",
				"remove its scope");
	}

	@Test
	void noMessage(CapturedOutput output) {
		fails(NoMessage.class);
		assertThat(FailureAnalysis.last(output)).contains("'startFailureTests.NoMessage'", "for no message");
	}

	private static void fails(Class<?> configuration, String... properties) {
		fails(List.of(configuration), properties);
	}

	private static void fails(List<Class<?>> classes, String... properties) {
		List<Class<?>> all = new ArrayList<>(classes);
		assertThatException().as(Arrays.toString(properties))
			.isThrownBy(() -> ZinxApplication.run(all, properties).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class CodecBean {

		@Bean
		FrameCodec codec() {
			return new LtvCodec();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FixedCodecBean {

		@Bean
		FrameCodec codec() {
			return new FixedLengthCodec(4);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoFallbacks {

		@Bean
		ZinxRouteRegistrar registrar() {
			return (registry) -> registry.fallback(new EchoRouter(), "one").fallback(new EchoRouter(), "other");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BadCustomizer {

		@Bean
		ZinxServerCustomizer customizer() {
			return (builder) -> builder.maxConn(0);
		}

	}

	@ZinxRouter(msgId = 1)
	static class One extends EchoRouter {

	}

	@ZinxRouter(msgId = { 2, 1 })
	static class Other extends EchoRouter {

	}

	@ZinxRouter(msgId = { 3, 3 })
	static class Twice extends EchoRouter {

	}

	@ZinxRouter(msgId = -1)
	static class Negative extends EchoRouter {

	}

	@ZinxRouter(msgId = 4294967296L)
	static class TooLarge extends EchoRouter {

	}

	@ZinxRouter(msgId = {})
	static class NoMessage extends EchoRouter {

	}

	@ZinxRouter(msgId = 1)
	static class NoRouter {

	}

	@ZinxRouter(msgId = 1)
	@Scope("prototype")
	static class Prototype extends EchoRouter {

	}

	@Configuration(proxyBeanMethods = false)
	static class OneByMethod {

		@Bean
		@ZinxRouter(msgId = 1)
		EchoRouter oneByMethod() {
			return new EchoRouter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoRouterByMethod {

		@Bean
		@ZinxRouter(msgId = 1)
		String noRouter() {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OutsideItsGroup {

		@Bean
		ZinxRouteRegistrar registrar() {
			return (registry) -> registry.group(10, 20).add(9, new EchoRouter(), "by code");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneByLambda {

		@Bean
		ZinxRouteRegistrar registrar() {
			return (registry) -> registry.add(1, (request) -> request.reply(1, request.body()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneByCode {

		@Bean
		ZinxRouteRegistrar registrar() {
			return (registry) -> registry.add(1, new EchoRouter(), "by code");
		}

	}

}
