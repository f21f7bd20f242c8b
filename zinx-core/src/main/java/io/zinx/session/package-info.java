/**
 * Keys, groups and properties of a member, which knows no socket. Users type
 * {@link io.zinx.session.DuplicateLogin} and {@link io.zinx.session.BindResult}; the rest
 * is internal.
 */
@NullMarked
package io.zinx.session;

import org.jspecify.annotations.NullMarked;
