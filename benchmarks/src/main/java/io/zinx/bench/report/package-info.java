/**
 * Reports of measurements: {@link io.zinx.bench.report.Standings} as tables,
 * {@link io.zinx.bench.report.BarChart} as pictures.
 */
@NullMarked
package io.zinx.bench.report;

import org.jspecify.annotations.NullMarked;
