package io.zinx.pipeline;

/**
 * The state of a {@link FrameCutter}.
 *
 * <pre>
 *              no room for a frame
 *            +---------------------> FULL
 *   CUTTING -+ <--------------------  |
 *            |   resumed, or dropped  | out of memory
 *            |                        v
 *            +---------------------> CORRUPT
 *              bytes that are no frame
 * </pre>
 */
enum CutState {

	/** Frames are cut as they come. */
	CUTTING,

	/** The sink has no room: bytes wait, and reading pauses. */
	FULL,

	/** Nothing more can be cut: the beginning of the next frame is not known. */
	CORRUPT

}
