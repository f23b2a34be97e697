using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Wellbeing;

/// <summary>
/// What wellbeing keeps is read by the router and by people about themselves, and by nothing else: every query there is runs,
/// and the database is asked what it was asked.
/// </summary>
public sealed class IsolationTests : IAsyncLifetime
{
    // Whoever adds one to Wellbeing says here who may read it, and by which permission.
    private static readonly Dictionary<Type, Permission> s_readers = new()
    {
        [typeof(ReadMeter)] = Permission.KeepOwnShift,
        [typeof(ReadMyShift)] = Permission.KeepOwnShift,
        [typeof(ReadRest)] = Permission.KeepOwnShift,
        [typeof(ReadTeamWeeks)] = Permission.ViewTeamWellbeing,
        [typeof(ListShiftPlans)] = Permission.PlanShifts,
    };

    private readonly SqlKeeper _sql = new();
    private TestConsole _console = null!;
    private Caller _everything = null!;
    private long _case;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync(configure: services => services.AddSingleton<IInterceptor>(_sql));
        _everything = await _console.PersonAsync(own: Enum.GetValues<Permission>());
        CaseQueue queue = await _console.QueueAsync([_everything]);
        (Case about, ReviewTask task) = await _console.CaseAsync(queue, sensitivity: Sensitivity.Severe);
        await _console.HoldAsync(_everything, task);
        _case = about.Number;
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Query_OutsideWellbeing_ReadsNoTableOfIt()
    {
        string[] tables = Tables();
        Assert.Contains("wellbeing_severe_time", tables);
        Assert.Contains("rest", tables);
        List<string> reading = [];
        int ran = 0;
        foreach (Type type in Queries().Where(type => !s_readers.ContainsKey(type)))
        {
            foreach (string statement in await RunAsync(type))
            {
                ran++;
                reading.AddRange(tables.Where(table => statement.Contains($"\"{table}\"", StringComparison.Ordinal)).Select(table => $"{type.Name} reads {table}"));
            }
        }

        Assert.True(ran > 50, $"Only {ran} statements were seen.");
        Sources.None(reading.Distinct());
    }

    [Fact]
    public async Task Query_OfWellbeing_IsOneOfTheKnownFew_UnderItsOwnPermission_AndIsSeenToRead()
    {
        Type[] own = [.. Queries().Where(type => type.Namespace == typeof(ReadMeter).Namespace)];

        Assert.Equal(s_readers.Keys.Select(type => type.Name).Order(), own.Select(type => type.Name).Order());
        Assert.All(s_readers, reader => Assert.Equal(reader.Value, reader.Key.GetCustomAttribute<RequiresAttribute>()!.Permission));
        Assert.Contains(await RunAsync(typeof(ReadMyShift)), statement => statement.Contains("wellbeing_severe_time", StringComparison.Ordinal));
    }

    [Fact]
    public void Command_OfWellbeing_StandsUnderAPermissionOfItsOwn()
    {
        Permission[] own = [Permission.KeepOwnShift, Permission.ViewTeamWellbeing, Permission.PlanShifts];

        Assert.All(
            UseCases.In(typeof(UseCases).Assembly).Where(type => type.Namespace == typeof(ReadMeter).Namespace),
            type => Assert.Contains(type.GetCustomAttribute<RequiresAttribute>()!.Permission, own));
    }

    // A query takes contexts and no write path. The demo does so too, but writes through other use cases.
    private static IEnumerable<Type> Queries() => UseCases.In(typeof(UseCases).Assembly).Where(type =>
    {
        Type[] needs = [.. type.GetConstructors().SelectMany(maker => maker.GetParameters()).Select(parameter => parameter.ParameterType)];
        return needs.Contains(typeof(IDbContextFactory<ConsoleDbContext>)) && !needs.Contains(typeof(WritePath)) && type != typeof(Core.Demo.FillDemo);
    }).OrderBy(type => type.Name, StringComparer.Ordinal);

    private string[] Tables()
    {
        using ConsoleDbContext db = _console.Contexts.CreateDbContext();
        return [.. db.Model.GetEntityTypes().Where(type => type.ClrType.Namespace == typeof(ReadMeter).Namespace).Select(type => type.GetTableName()!).Distinct()];
    }

    private async Task<IReadOnlyList<string>> RunAsync(Type type)
    {
        object query = _console.Services.GetRequiredService(type);
        CanaryArguments canary = new(_case, "words");
        _sql.Statements.Clear();
        foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName))
        {
            foreach (object?[] arguments in canary.For(method, _everything))
            {
                try
                {
                    if (method.Invoke(query, BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task work)
                    {
                        await work;
                    }
                }
                catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException or NullReferenceException or PermissionDeniedException)
                {
                    // These arguments made no sense to it; what it asked before counts all the same.
                }
            }
        }

        return [.. _sql.Statements];
    }

    private sealed class SqlKeeper : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Statements { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Statements.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            Statements.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}
