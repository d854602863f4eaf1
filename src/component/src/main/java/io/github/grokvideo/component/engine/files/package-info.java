// SPDX-License-Identifier: Apache-2.0
/** Video files: names, handing them out to routes, and when to delete them. Internal. */
package io.github.grokvideo.component.engine.files;
