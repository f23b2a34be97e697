using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Benchmarks.Circuits;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Web.Security;

[assembly: HostingStartup(typeof(BenchServer))]

namespace ModerationConsole.Benchmarks.Circuits;

/// <summary>What the measured program answers beside its own pages: sessions without passwords, one change with the moment of its commit, what it weighs, an endpoint that does nothing, and an empty page to compare with. Only a program that was told to looks here.</summary>
public sealed class BenchServer : IHostingStartup
{
    /// <summary>Where its addresses begin.</summary>
    public const string Root = "/bench";

    /// <inheritdoc />
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services
        .AddSingleton<CommitWatch>()
        .AddSingleton<ICommitListener>(provider => provider.GetRequiredService<CommitWatch>())
        .AddSingleton<IStartupFilter, Filter>());

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        switch (context.Request.Path.Value)
        {
            case "/session":
                IQueryCollection query = context.Request.Query;
                await context.SignInAsync(ConsoleClaims.CookieScheme, (await BeginAsync(context, query)).ToPrincipal());
                break;
            case "/report":
                await context.Response.WriteAsync((await ReportAsync(context)).ToString(CultureInfo.InvariantCulture));
                break;
            case "/nothing":
                // The least that an endpoint which takes JSON does.
                context.Response.StatusCode = (await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body)).ValueKind == JsonValueKind.Object
                    ? StatusCodes.Status202Accepted
                    : StatusCodes.Status400BadRequest;
                break;
            case "/memory":
                await context.Response.WriteAsJsonAsync(Weigh());
                break;
            default:
                await next(context);
                break;
        }
    }

    private static Task<Session> BeginAsync(HttpContext context, IQueryCollection query)
    {
        PersonSession row = new()
        {
            PersonId = Guid.Parse(query["id"]!),
            StartedAt = TimeProvider.System.GetUtcNow(),
            LastSeenAt = TimeProvider.System.GetUtcNow(),
            ProvedAt = TimeProvider.System.GetUtcNow(),
            Method = SessionMethod.Password,
        };
        return context.RequestServices.GetRequiredService<WritePath>().RunAsync(
            (scope, _) =>
            {
                scope.Db.Add(row);
                return Task.FromResult(new Session(row.Id, row.PersonId, query["stamp"]!, query["name"]!));
            },
            context.RequestAborted);
    }

    // The clock of both processes is the machine's own since it started.
    private static async Task<long> ReportAsync(HttpContext context)
    {
        JsonElement body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        ReportOutcome outcome = await context.RequestServices.GetRequiredService<AcceptReport>().RunAsync(Caller.System, body, null, CancellationToken.None);
        return outcome.Answer == IntakeAnswer.Accepted
            ? context.RequestServices.GetRequiredService<CommitWatch>().Last
            : throw new InvalidOperationException($"Report: {outcome.Problems[0].Code} {outcome.Problems[0].Detail}");
    }

#pragma warning disable RS0030 // what is measured is what is left after it
    private static Weight Weigh()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using Process self = Process.GetCurrentProcess();
        return new Weight(self.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false));
    }
#pragma warning restore RS0030

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map(Root, branch =>
            {
                branch.Use(AnswerAsync);
                branch.UseRouting();
                branch.UseAntiforgery();
                branch.UseEndpoints(endpoints => endpoints.MapRazorComponents<EmptyDocument>().AddInteractiveServerRenderMode());
            });
            next(app);
        };
    }

    private sealed class CommitWatch : ICommitListener
    {
        private long _last;

        public long Last => Volatile.Read(ref _last);

        public void Committed() => Volatile.Write(ref _last, Stopwatch.GetTimestamp());
    }
}

/// <summary>What a process holds after two aggressive collections, bytes.</summary>
/// <param name="Resident">Resident memory.</param>
/// <param name="Heap">Managed heap.</param>
public sealed record Weight(long Resident, long Heap);
