package io.zinx.bench.report;

import java.io.StringReader;

import javax.xml.parsers.DocumentBuilderFactory;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.LoadResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class StandingsTests {

	private final Standings standings = new Standings();

	@BeforeEach
	void add() {
		Load load = Load.closed("pipe", 64, 16, 64);
		for (double cpu : new double[] { 0.9, 0.2, 0.1 }) {
			this.standings.add(load, "netty", new LoadResult(100_000, 1, cpu, 0.25, 10, 20));
			this.standings.add(load, "other<1>", new LoadResult(100_000, 1, cpu * 1.5, 0.5, 30, 40));
		}
	}

	@Test
	void judgesByTheMedianAndAgainstTheFirst() {
		assertThat(this.standings.tables()).contains("**pipe**")
			.containsPattern("netty +\\| +2\\.00 \\| +1\\.00 \\| +100000 \\| +10 \\| +20 \\| +25 \\|")
			.containsPattern("other<1> +\\| +3\\.00 \\| +1\\.50 \\| +100000 \\| +30 \\| +40 \\| +50 \\|");
	}

	@Test
	void drawsABarForEachServer() throws Exception {
		String svg = new BarChart("CPU & time", "somehow", this.standings.cpu()).svg();
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
		assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
		assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2);
		assertThat(svg).contains("CPU &amp; time", "other&lt;1>", "3.00 us (1.50)");
	}

}
