// The one entry of what JavaScript adds to the pages. Each module looks for what it serves, and does nothing without it.
import "./menus.js";
import "./installed.js";
import "./devices.js";
import "./keys.js";
import "./live.js";
import "./making.js";
import "./palette.js";
import "./composer.js";
import "./company.js";
import "./ticks.js";
import "./rules.js";
