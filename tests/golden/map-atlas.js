var map_atlas = L.map(
"map_atlas",
{
center: [52.0, 12.0],
crs: L.CRS.Simple,
...{
"zoom": 4,
"zoomControl": false,
"preferCanvas": false,
"minZoom": 0,
"maxZoom": 9,
"zoomSnap": 0.25,
"wheelPxPerZoomLevel": 120,
"attributionControl": false,
}
}
);
var pane_atlas_7 = map_atlas.createPane(
"sheet");
pane_atlas_7.style.zIndex = 400;
pane_atlas_7.style.pointerEvents = 'none';
