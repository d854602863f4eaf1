// SPDX-License-Identifier: Apache-2.0
/** Job stores in a database: an H2 file or PostgreSQL. Internal. */
package io.github.grokvideo.component.store.jdbc;
