/**
 * Internal: the import of the {@code zinx.json} of a Go Zinx server, from
 * {@code ZinxJsonEnvironmentPostProcessor} on; {@code ZinxJsonKey} lists the keys; may
 * change in any release.
 */
@NullMarked
package io.zinx.boot.configfile;

import org.jspecify.annotations.NullMarked;
