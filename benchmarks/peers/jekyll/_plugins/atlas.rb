# Reads the tables, joins them, and adds a page for each network, country and city.
require "csv"; require "json"
module Atlas
  def self.load(dir)
    r = ->(n) { CSV.read(File.join(dir, n + ".csv"), headers: true).map(&:to_h) }
    networks = r.("networks"); nets = {}; networks.each { |n| n["members"] = []; nets[n["id"]] = n }
    countries = r.("countries"); cos = {}; countries.each { |c| c["slug"] = c["code"].downcase; c["cities"] = []; cos[c["code"]] = c }
    sources = {}; r.("sources").each { |s| sources[s["id"]] = s }
    cities = r.("cities"); byid = {}
    cities.each { |c| co = cos[c["country"]]; c["country_name"] = co["name"]; c["country_slug"] = co["slug"]; c["memberships"] = []; c["actions"] = []; c["by_net"] = {}; co["cities"] << c; byid[c["id"]] = c }
    r.("memberships").each { |m| c = byid[m["city_id"]]; n = nets[m["network_id"]]; m["city"] = c; m["network"] = n; c["memberships"] << m; c["by_net"][n["id"]] = m; n["members"] << m }
    r.("actions").each { |a| byid[a["city_id"]]["actions"] << a }
    countries.each { |co| l = co["cities"]; k = l.size; l.each_with_index { |c, i| c["near"] = (1..[10, k - 1].min).map { |j| l[(i + j) % k] } } }
    cities.each do |c|
      ev = []; src = {}
      c["memberships"].each do |m|
        ev << { "date" => m["since"], "kind" => "join", "ref" => m["id"], "label" => "Joined " + m["network"]["name"], "key" => m["since"] + "1" + m["id"] }
        ev << { "date" => m["until"], "kind" => "leave", "ref" => m["id"], "label" => "Left " + m["network"]["name"], "key" => m["until"] + "2" + m["id"] } if m["until"]
        src[m["source_id"]] = 1
      end
      c["actions"].each { |a| ev << { "date" => a["date"], "kind" => "action", "ref" => a["id"], "label" => a["title"], "key" => a["date"] + "3" + a["id"] }; src[a["source_id"]] = 1 }
      c["events"] = ev.sort_by { |e| e["key"] }; c["sources"] = src.keys.map { |s| sources[s] }
    end
    { "networks" => networks, "countries" => countries, "cities" => cities }
  end
  class Gen < Jekyll::Generator
    def generate(site)
      d = Atlas.load(ENV["PEER_TABLES"]); site.data["atlas"] = d
      add = lambda { |dir, layout, data, name = "index.html"| p = Jekyll::PageWithoutAFile.new(site, site.source, dir, name); p.content = ""; p.data.merge!({ "layout" => layout }.merge(data)); site.pages << p }
      add.("", "index", {}); add.("", "sitemap", {}, "sitemap.xml")
      d["networks"].each { |n| add.("network/" + n["id"], "network", { "network" => n }) }
      d["countries"].each { |c| add.("country/" + c["slug"], "country", { "country" => c }) }
      d["cities"].each { |c| add.("city/" + c["id"], "city", { "city" => c }) }
    end
  end
  Jekyll::Hooks.register :site, :post_write do |site|
    File.write(File.join(site.dest, "cities.geojson"), JSON.generate("type" => "FeatureCollection", "features" => site.data["atlas"]["cities"].map { |c| { "type" => "Feature", "id" => c["id"], "geometry" => { "type" => "Point", "coordinates" => [c["lon"].to_f, c["lat"].to_f] }, "properties" => { "name" => c["name"], "country" => c["country"], "n" => c["memberships"].size } } }))
  end
  module F
    def num(v) = v.to_s.reverse.scan(/\d{1,3}/).join(",").reverse
    def json(v) = JSON.generate(v).gsub("<", "\\u003c").gsub(">", "\\u003e").gsub("&", "\\u0026")
  end
end
Liquid::Template.register_filter(Atlas::F)
