// SPDX-License-Identifier: Apache-2.0
/** Video files: their names, handing them out to routes, when they may be deleted. Internal. */
package io.github.grokvideo.component.engine.files;
