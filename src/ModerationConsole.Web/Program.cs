using ModerationConsole.Core;
using ModerationConsole.Web.Components;
using Radzen;

// Settings and data belong to the folder the program is started in, if it is one of ours; otherwise to the program's own.
var currentDirectory = Directory.GetCurrentDirectory();
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = File.Exists(Path.Combine(currentDirectory, "appsettings.json"))
        ? currentDirectory
        : AppContext.BaseDirectory,
});

// Does nothing when published; a build run from source needs it in every environment, not only in Development.
builder.WebHost.UseStaticWebAssets();
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
{
    builder.WebHost.UseUrls("http://localhost:5080");
}

builder.Services.AddModerationCore(builder.Configuration);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();
builder.Services.AddConsoleComponents();

var app = builder.Build();

app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

await app.RunAsync();

/// <summary>The entry point, public so that tests can start the program in their own process.</summary>
public partial class Program;
