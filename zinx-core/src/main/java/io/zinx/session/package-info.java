/**
 * Keys, groups and properties of a member, independent of sockets. Users type
 * {@link io.zinx.session.DuplicateLogin} and {@link io.zinx.session.BindResult}; the
 * rest, the registries above all, is internal.
 */
@NullMarked
package io.zinx.session;

import org.jspecify.annotations.NullMarked;
