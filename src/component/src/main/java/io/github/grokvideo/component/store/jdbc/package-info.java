// SPDX-License-Identifier: Apache-2.0
/** Jobs in a database: an H2 file or PostgreSQL. Internal. */
package io.github.grokvideo.component.store.jdbc;
