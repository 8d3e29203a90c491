export { circleMarker, geoJSON, latLngBounds, map, polyline } from "leaflet";
