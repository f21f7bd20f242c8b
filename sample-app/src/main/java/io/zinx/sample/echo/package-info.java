/**
 * The smallest router: request, reply.
 */
@NullMarked
package io.zinx.sample.echo;

import org.jspecify.annotations.NullMarked;
