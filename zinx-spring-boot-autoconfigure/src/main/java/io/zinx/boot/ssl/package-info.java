/**
 * TLS by Spring Boot's SSL bundles: {@link io.zinx.boot.ssl.ReloadingSslContext}.
 * Internal, but for {@code ClientAuth}, which is typed in properties.
 */
@NullMarked
package io.zinx.boot.ssl;

import org.jspecify.annotations.NullMarked;
