using ModerationConsole.Core;
using ModerationConsole.Core.Access;
using ModerationConsole.Web.Api;
using ModerationConsole.Web.Components;
using ModerationConsole.Web.Hosting;
using ModerationConsole.Web.Live;
using ModerationConsole.Web.Security;
using ModerationConsole.Web.Security.SingleSignOn;
using Radzen;

try
{
    if (await ConsoleCommandLine.RunOfflineAsync(args) is { } exitCode)
    {
        return exitCode;
    }

    var builder = ConsoleHost.CreateBuilder(args);
    builder.Services.AddModerationCore(builder.Configuration);
    builder.AddConsoleHosting();
    builder.AddConsoleSecurity();
    builder.AddConsoleApi();
    builder.AddCaseHub();
    builder.Services.AddRazorComponents().AddInteractiveServerComponents(CircuitLimits.Keep).AddHubOptions(CircuitLimits.Bound);
    builder.Services.AddRadzenComponents();
    builder.Services.AddConsoleComponents();

    var app = builder.Build();
    app.UseConsoleHosting();
    app.UseConsoleSecurity();
    app.MapStaticAssets().AllowAnonymous();
    app.MapHealth();
    app.MapSingleSignOn();
    app.MapConsoleApi();
    app.MapCaseHub();
    app.MapMedia();
    app.MapProofDownloads();
    app.MapQualityExport();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(CircuitLimits.UseOurPolicy).RequirePermission(Permission.UseConsole);

    return await app.RunConsoleAsync(args);
}
catch (Exception error) when (ConsoleHost.Explain(error) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return ExitCode.Failed;
}

/// <summary>The entry point, public so that tests can start the program in their own process.</summary>
public partial class Program;
