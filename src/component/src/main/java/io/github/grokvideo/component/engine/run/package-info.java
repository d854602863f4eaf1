// SPDX-License-Identifier: Apache-2.0
/** The engine itself: start and stop, operator actions, and which step a job takes next. Internal. */
package io.github.grokvideo.component.engine.run;
