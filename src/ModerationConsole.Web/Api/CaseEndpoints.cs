using System.Globalization;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Programs;
using ModerationConsole.Core.Intake;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>What came of what was sent.</summary>
internal static class CaseEndpoints
{
    private const int DefaultSize = 50;

    public static void MapCases(this RouteGroupBuilder api)
    {
        RouteGroupBuilder cases = api.MapGroup("cases").WithTags("Cases").RequireScope(Permission.ReadCases);
        cases.MapGet("", ListAsync).Produces<CaseList>().WithSummary("List cases, newest first")
            .WithDescription("status is open, decided or closed; queue is a queue's slug; cursor is the next of the last answer.");
        cases.MapGet("{number:long}", ReadAsync).Produces<ProgramCaseDetail>().WithSummary("Read one case");
        api.MapGroup("decisions").WithTags("Cases").RequireScope(Permission.ReadCases)
            .MapGet("", FollowAsync).Produces<DecisionList>().WithSummary("Follow decisions as they become final")
            .WithDescription("since is a time, or the next of the last answer. Ask again with next for what comes later.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, ReadCaseList list, string? status = null, string? queue = null, string? cursor = null, string? limit = null)
    {
        CaseState? state = null;
        if (status is not null)
        {
            if (!Enum.TryParse(status, ignoreCase: true, out CaseState parsed) || !status.All(char.IsLetter))
            {
                return Wrong(context, "The status is open, decided or closed.");
            }

            state = parsed;
        }

        if (!TryReadNumber(cursor, out long? before) || !TryReadNumber(limit, out long? size) || size is 0 or > ReadCaseList.MostAtOnce)
        {
            return Wrong(context, $"The cursor is the next of an earlier answer; the limit is a number up to {ReadCaseList.MostAtOnce}.");
        }

        ProgramCaseList part = await list.RunAsync(context.Program(), state, queue, before, (int)(size ?? DefaultSize), context.RequestAborted);
        return Results.Json(new CaseList(part.Cases, part.Next?.ToString(CultureInfo.InvariantCulture)), ConsoleApi.Json);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, ReadCase read, long number) =>
        await read.RunAsync(context.Program(), number, context.RequestAborted) is { } found
            ? Results.Json(found, ConsoleApi.Json)
            : ApiErrors.Of(context, StatusCodes.Status404NotFound);

    private static async Task<IResult> FollowAsync(HttpContext context, FollowDecisions follow, string? since = null)
    {
        DecisionPlace? place = since is null ? new DecisionPlace(DateTimeOffset.UnixEpoch, 0)
            : DecisionPlace.Read(since) ?? (Moment.Read(since) is { } at ? new DecisionPlace(at, 0) : null);
        if (place is null)
        {
            return Wrong(context, "Since is a time, ISO 8601, or the next of an earlier answer.");
        }

        DecisionsSince part = await follow.RunAsync(context.Program(), place, context.RequestAborted);
        return Results.Json(new DecisionList(part.Decisions, part.Next.Write()), ConsoleApi.Json);
    }

    private static IResult Wrong(HttpContext context, string detail) => ApiErrors.Of(context, StatusCodes.Status400BadRequest, detail);

    private static bool TryReadNumber(string? text, out long? number)
    {
        bool read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = read ? value : null;
        return text is null || read;
    }

    /// <summary>A part of the list of cases.</summary>
    internal sealed record CaseList(IReadOnlyList<ProgramCase> Cases, string? Next);

    /// <summary>Decisions that became final.</summary>
    internal sealed record DecisionList(IReadOnlyList<ProgramDecision> Decisions, string Next);
}
