/**
 * TLS by Spring Boot's SSL bundles: {@link io.zinx.boot.ssl.ReloadingSslContext}.
 */
@NullMarked
package io.zinx.boot.ssl;

import org.jspecify.annotations.NullMarked;
