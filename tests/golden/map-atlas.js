var atlas_folder = document.currentScript.src;
var map_atlas = L.map(
"map_atlas",
{
center: [52.0, 12.0],
crs: L.CRS.EPSG3857,
...{
"zoom": 4,
"zoomControl": false,
"preferCanvas": false,
"minZoom": 2,
"maxZoom": 11,
"wheelPxPerZoomLevel": 120,
"maxBounds": [
[
-75,
-220,
],
[
85,
220,
],
],
"maxBoundsViscosity": 0.6,
"attributionControl": false,
}
}
);
var pane_atlas_7 = map_atlas.createPane(
"land");
pane_atlas_7.style.zIndex = 210;
pane_atlas_7.style.pointerEvents = 'none';
var pane_atlas_8 = map_atlas.createPane(
"regions");
pane_atlas_8.style.zIndex = 211;
pane_atlas_8.style.pointerEvents = 'none';
function europe_atlas_onEachFeature(feature, layer) {
layer.on({
});
};
var europe_atlas = L.geoJson(null, {
onEachFeature: europe_atlas_onEachFeature,
...{
"pane": "land",
"interactive": false,
"smoothFactor": 0.6,
"className": "land",
}
});
function europe_atlas_add (data) {
europe_atlas
.addData(data);
}
window.europe_atlas_load = () => fetch(new URL("europe.geojson", atlas_folder))
.then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
.then(europe_atlas_add);
europe_atlas.setStyle(function(feature) {return feature.properties.style;});
europe_atlas.addTo(map_atlas);
function countries_atlas_onEachFeature(feature, layer) {
layer.on({
});
};
var countries_atlas = L.geoJson(null, {
onEachFeature: countries_atlas_onEachFeature,
...{
"pane": "land",
"interactive": false,
"smoothFactor": 0.6,
"className": "land",
}
});
function countries_atlas_add (data) {
countries_atlas
.addData(data);
}
window.countries_atlas_load = () => fetch(new URL("countries.geojson", atlas_folder))
.then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
.then(countries_atlas_add);
countries_atlas.setStyle(function(feature) {return feature.properties.style;});
countries_atlas.addTo(map_atlas);
function voivodeships_atlas_onEachFeature(feature, layer) {
layer.on({
});
};
var voivodeships_atlas = L.geoJson(null, {
onEachFeature: voivodeships_atlas_onEachFeature,
...{
"pane": "regions",
"interactive": false,
"smoothFactor": 0.6,
"className": "region",
}
});
function voivodeships_atlas_add (data) {
voivodeships_atlas
.addData(data);
}
window.voivodeships_atlas_load = () => fetch(new URL("voivodeships.geojson", atlas_folder))
.then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
.then(voivodeships_atlas_add);
voivodeships_atlas.setStyle(function(feature) {return feature.properties.style;});
voivodeships_atlas.addTo(map_atlas);
var marks_atlas = L.markerClusterGroup(
{
"maxClusterRadius": 20,
"showCoverageOnHover": false,
"spiderfyOnMaxZoom": true,
"chunkedLoading": true,
}
);
marks_atlas.addTo(map_atlas);
