using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>
/// Which role may give which command of quality, written out and tried one by one: who may is let in as far as an answer, who may
/// not is refused.
/// </summary>
public sealed class QualityRolesTests
{
    private const string Table = """
                              Moderator Lead QualityReviewer PolicyExpert Analyst Auditor Admin
        ActivatePlan          .         x    .               .            .       .       .
        AllowSevereGolden     .         x    .               .            .       .       .
        CloseCalibration      .         x    .               .            .       .       .
        DecideDispute         .         x    .               x            .       .       .
        EndPlan               .         x    .               .            .       .       .
        ExplainResult         .         x    .               x            .       .       .
        ExportQualityFigures  .         x    .               .            .       .       .
        FindAgreements        .         x    .               .            .       .       .
        ListCalibrations      x         x    x               x            .       .       .
        ListDisputes          .         x    .               x            .       .       .
        ListGolden            .         x    .               x            .       .       .
        ListMyResults         x         x    x               x            .       .       .
        ListPlans             .         x    .               .            .       .       .
        ListReceivedCoaching  x         x    x               x            .       .       .
        ListSamples           .         x    .               .            .       .       .
        ListSentCoaching      .         x    .               .            .       .       .
        ListToExplain         .         x    .               x            .       .       .
        MakeGolden            .         x    .               x            .       .       .
        MakeGoldenOfAgreement .         x    .               .            .       .       .
        NoteCalibration       .         x    .               .            .       .       .
        OpenDispute           x         x    x               x            .       .       .
        PrepareCoaching       .         x    .               .            .       .       .
        PreviewPlan           .         x    .               .            .       .       .
        ReadCalibration       x         x    x               x            .       .       .
        ReadCoaching          x         x    x               x            .       .       .
        ReadDispute           .         x    .               x            .       .       .
        ReadGolden            .         x    .               x            .       .       .
        ReadMyResult          x         x    x               x            .       .       .
        ReadOpinions          .         x    .               x            .       .       .
        ReadPlan              .         x    .               .            .       .       .
        ReadQualityFigures    .         x    .               .            .       .       .
        ReadQualitySettings   .         x    .               .            .       .       .
        ReadToExplain         .         x    .               x            .       .       .
        RetireGolden          .         x    .               .            .       .       .
        RevealVotes           .         x    .               .            .       .       .
        SaveCalibration       .         x    .               .            .       .       .
        SavePlan              .         x    .               .            .       .       .
        SaveQualitySettings   .         x    .               .            .       .       .
        SaveQualityWeight     .         x    .               .            .       .       .
        SeeCoaching           x         x    x               x            .       .       .
        SeeResult             x         x    x               x            .       .       .
        SendCoaching          .         x    .               .            .       .       .
        StartVoting           .         x    .               .            .       .       .
        VoteAgain             .         x    .               .            .       .       .
        """;

    private static readonly Type[] s_commands =
    [
        .. UseCases.In(typeof(UseCases).Assembly)
            .Where(type => type.Namespace!.StartsWith(typeof(QualitySettings).Namespace!, StringComparison.Ordinal)).OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    [Fact]
    public async Task Command_OfQuality_OpensToTheRolesThatAreWrittenHereAndToNoOthers()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        List<string> tried = [];
        foreach (Type command in s_commands)
        {
            foreach (string role in Roles.All)
            {
                tried.Add($"{command.Name} {role}: {await TryAsync(console, command, await console.PersonAsync(role))}");
            }
        }

        string[][] rows = [.. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        IEnumerable<string> written = rows[1..].SelectMany(row => rows[0].Zip(row[1..]).Select(cell => $"{row[0]} {cell.First}: {(cell.Second == "x" ? "answered" : "refused")}"));

        Assert.Equal(Roles.All.Order(StringComparer.Ordinal), rows[0].Order(StringComparer.Ordinal));
        Assert.Equal(s_commands.Select(command => command.Name), rows[1..].Select(row => row[0]));
        Assert.Equal(written.Order(StringComparer.Ordinal), tried.Order(StringComparer.Ordinal));
    }

    private static async Task<string> TryAsync(TestConsole console, Type command, Caller caller)
    {
        object useCase = ActivatorUtilities.GetServiceOrCreateInstance(console.Services, command);
        MethodInfo run = command.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Single(method => method.Name == "RunAsync");
        try
        {
            await (Task)run.Invoke(useCase, BindingFlags.DoNotWrapExceptions, null, [.. run.GetParameters().Select(parameter => Argument(parameter, caller))], null)!;
            return "answered";
        }
        catch (PermissionDeniedException)
        {
            return "refused";
        }
    }

    // About nothing that exists: what is answered then does not matter, only that it is.
    private static object? Argument(ParameterInfo parameter, Caller caller) => parameter.ParameterType switch
    {
        Type type when type == typeof(Caller) => caller,
        Type type when type == typeof(CancellationToken) => TestContext.Current.CancellationToken,
        Type type when type == typeof(Guid) => Guid.CreateVersion7(),
        Type type when type == typeof(string) => "words",
        Type type when type == typeof(double) => 0.1,
        Type type when type == typeof(DisputeState?) => DisputeState.Upheld,
        Type type when type == typeof(QualityQuestion) => new QualityQuestion(),
        Type type when type == typeof(SampleFilter) => new SampleFilter(),
        Type type when type == typeof(PlanDraft) => new PlanDraft(null, "Plan", 0.5, []),
        Type type when type == typeof(CalibrationDraft) => new CalibrationDraft(null, "Session", [], []),
        Type type when type == typeof(CoachingDraft) => new CoachingDraft(1, null, "words"),
        Type type when type == typeof(ResultExplanation) => new ResultExplanation(Guid.CreateVersion7(), ErrorKind.Technical, RootCause.Tool, "words"),
        Type type when Nullable.GetUnderlyingType(type) is not null => null,
        Type { IsValueType: true } type => Activator.CreateInstance(type),
        Type type => throw new InvalidOperationException($"{parameter.Member.DeclaringType!.Name} asks for a {type.Name}: say here what it is given."),
    };
}
