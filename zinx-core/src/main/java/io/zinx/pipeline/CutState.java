package io.zinx.pipeline;

/**
 * The state of a {@link FrameCutter}.
 *
 * <pre>
 *              sink accepts no frame
 *            +---------------------> FULL
 *   CUTTING -+ <--------------------  |
 *            |   resumed, or dropped  | out of memory
 *            |                        v
 *            +---------------------> CORRUPT
 *              bytes that are no frame
 * </pre>
 */
enum CutState {

	/** Frames are decoded as they arrive. */
	CUTTING,

	/** The sink accepts no frames: bytes wait, and reading pauses. */
	FULL,

	/** Nothing more can be decoded: the beginning of the next frame is not known. */
	CORRUPT

}
