package io.zinx.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Bars in groups, as an SVG picture that can be read on light and on dark ground. A line
 * marks the length 1.
 *
 * @param title what is shown
 * @param subtitle how it was measured
 * @param groups the groups, top down
 */
public record BarChart(String title, String subtitle, List<Group> groups) {

	private static final int WIDTH = 760;

	private static final int LEFT = 130;

	private static final int BARS = 460;

	private static final int ROW = 20;

	private static final int BAR = 13;

	private static final int GROUP_GAP = 34;

	private static final int TOP = 74;

	private static final String STYLE = """
			<style>
			text { font: 12px system-ui, sans-serif; fill: #1f2328 }
			.title { font-size: 16px; font-weight: 600 }
			.group { font-weight: 600 }
			.faint { fill: #59636e }
			.name { text-anchor: end }
			.ground { fill: #ffffff; stroke: #d1d9e0 }
			.bar { fill: #0969da }
			.first { fill: #8c959f }
			.line { stroke: #59636e; stroke-dasharray: 3 3 }
			@media (prefers-color-scheme: dark) {
			text { fill: #f0f6fc }
			.faint { fill: #9198a1 }
			.ground { fill: #0d1117; stroke: #3d444d }
			.bar { fill: #4493f8 }
			.first { fill: #656c76 }
			.line { stroke: #9198a1 }
			}
			</style>
			""";

	/**
	 * Draw it.
	 * @param file where to; replaced if it exists
	 * @throws IOException if it cannot be written
	 */
	public void write(Path file) throws IOException {
		Files.writeString(file, svg());
	}

	String svg() {
		StringBuilder svg = new StringBuilder();
		int height = TOP + this.groups.stream().mapToInt((group) -> GROUP_GAP + ROW * group.bars().size()).sum();
		line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">", WIDTH,
				height, WIDTH, height);
		svg.append(STYLE);
		line(svg, "<rect class=\"ground\" x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"6\"/>", WIDTH - 1,
				height - 1);
		text(svg, "title", 16, 28, this.title);
		text(svg, "faint", 16, 48, this.subtitle);
		double scale = BARS / longest();
		int y = TOP;
		for (Group group : this.groups) {
			text(svg, "group", 16, y, group.label());
			int top = y + 8;
			for (int i = 0; i < group.bars().size(); i++) {
				bar(svg, group.bars().get(i), (i == 0) ? "first" : "bar", top + i * ROW, scale);
			}
			double one = LEFT + scale;
			line(svg, "<line class=\"line\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", one, one, top,
					top + ROW * group.bars().size());
			y += GROUP_GAP + ROW * group.bars().size();
		}
		return svg.append("</svg>\n").toString();
	}

	private double longest() {
		return this.groups.stream()
			.flatMap((group) -> group.bars().stream())
			.mapToDouble(Bar::length)
			.filter(Double::isFinite)
			.max()
			.orElse(1);
	}

	private static void bar(StringBuilder svg, Bar bar, String style, int y, double scale) {
		double length = Double.isFinite(bar.length()) ? bar.length() * scale : 0;
		text(svg, "name", LEFT - 8, y + 12, bar.name());
		line(svg, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>", style, LEFT, y + 2,
				length, BAR);
		text(svg, "faint", (int) (LEFT + length) + 8, y + 12, bar.text());
	}

	private static void text(StringBuilder svg, String style, int x, int y, String text) {
		line(svg, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", style, x, y,
				text.replace("&", "&amp;").replace("<", "&lt;"));
	}

	private static void line(StringBuilder svg, String format, Object... arguments) {
		svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	/**
	 * Bars that are compared.
	 *
	 * @param label what they are about
	 * @param bars the bars, top down
	 */
	public record Group(String label, List<Bar> bars) {
	}

	/**
	 * One bar.
	 *
	 * @param name what stands before it
	 * @param length how long it is, 0 or more
	 * @param text what stands behind it
	 */
	public record Bar(String name, double length, String text) {
	}

}
