using System.Globalization;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Hosting;

/// <summary>Answers for whatever watches over the process: alive, ready, and a few figures. Never content.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and, unless switched off, <c>/metrics</c>.</summary>
    public static void MapHealth(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        HealthOptions options = HealthOptions.Read(app.Configuration);
        RouteGroupBuilder health = app.MapGroup("");
        health.MapGet("/health/live", () => Results.Json(new Health("live", []))).WithName("Live");
        health.MapGet("/health/ready", ReadyAsync).WithName("Ready");
        if (options.Metrics)
        {
            health.MapGet("/metrics", async (Metrics metrics, CancellationToken cancel) =>
                Results.Text(await metrics.WriteAsync(cancel), "text/plain; version=0.0.4; charset=utf-8")).WithName("Metrics");
        }

        health.ExcludeFromDescription();
        if (options.RequireKey)
        {
            health.RequireAuthorization(policy => policy.AddAuthenticationSchemes(ProgramClaims.ProgramScheme).RequireAuthenticatedUser());
        }
        else
        {
            health.AllowAnonymous();
        }
    }

    // A console that can draw no stills still works: it shows placeholders. So does one whose audit waits to be sealed: nothing
    // of it is lost. So that is said, but keeps it in service.
    private static async Task<IResult> ReadyAsync(
        MigrateDatabase database, NodeState node, MediaHealth media, GetSealState seal, ArrivalBacklog arrivals, CancellationToken cancellationToken)
    {
        // A database that hangs must not make this hang: whoever watches would see nothing at all.
        bool current = await IsCurrentAsync(database, cancellationToken);
        bool serves = current && !node.IsLeaving;
        MediaHealthReport report = media.Report;
        bool stills = !report.IsWarning;
        SealState? audit = current ? await seal.RunAsync(Caller.System, cancellationToken) : null;
        int setAside = current ? await arrivals.SetAsideAsync(cancellationToken) : 0;
        Dictionary<string, string> checks = new()
        {
            ["node"] = node.IsLeaving ? "about to end; send nothing new here" : "ok",
            ["database"] = current ? Database(node) : "unreachable or not at this version",
            ["clock"] = Clock(node),
            ["renderer"] = Confinement(report.Confinement),
            ["media"] = stills ? "ok" : "no stills can be drawn; placeholders are shown",
            ["encrypted media"] = report.Undecipherable == 0 ? "ok" : string.Create(
                CultureInfo.InvariantCulture, $"{report.Undecipherable} stored files cannot be read: they were changed, or their key is gone"),
            ["intake"] = setAside == 0 ? "ok" : string.Create(
                CultureInfo.InvariantCulture, $"{setAside} accepted requests could not be taken in and are set aside; they are tried again when the console starts"),
            ["audit"] = audit switch
            {
                null => "unknown",
                { IsBroken: true } => "not what was signed; nothing is sealed; run audit verify",
                { IsWarning: true } => string.Create(CultureInfo.InvariantCulture, $"{audit.Waiting} entries wait to be sealed, the oldest for {audit.OldestWaits.TotalSeconds:0} s"),
                _ => "ok",
            },
        };
        string status = serves ? stills && report.Undecipherable == 0 && setAside == 0 && audit is { IsWarning: false } ? "ready" : "degraded" : "not ready";
        return Results.Json(new Health(status, checks), statusCode: serves ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // Both are handled, so that nothing is worse than slower; whoever runs the console can mend them.
    private static string Database(NodeState node) =>
        node.ReadsBesideWriters == false ? "ok, but readers wait for writers: READ_COMMITTED_SNAPSHOT is off" : "ok";

    private static string Clock(NodeState node) => node.ClockOff == TimeSpan.Zero
        ? "ok"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(node.ClockOff.TotalSeconds):0} s {(node.ClockOff > TimeSpan.Zero ? "behind" : "ahead of")} the database server, whose time is gone by");

    private static async Task<bool> IsCurrentAsync(MigrateDatabase database, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            return await database.IsCurrentAsync(patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Confinement(RendererConfinement confinement) => confinement switch
    {
        RendererConfinement.NotTried => "not used yet",
        RendererConfinement.Sandboxed => "in a sandbox",
        RendererConfinement.LimitsOnly => "in no sandbox, within limits",
        RendererConfinement.Refused => "not run: the sandbox that settings require cannot be had",
    };

    private sealed record Health(string Status, Dictionary<string, string> Checks);
}
