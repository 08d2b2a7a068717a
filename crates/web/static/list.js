// The list of rooms: times in the reader's zone.
import './time.js';
