using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Access;

/// <summary>Each command of a room, for each role: who may is let in as far as an answer, who may not is refused and nothing is written.</summary>
public sealed class CommandRolesTests(CommandRolesTests.Shared shared) : IClassFixture<CommandRolesTests.Shared>
{
    public static TheoryData<string> Rooms => [.. RoleTable.All.Select(table => table.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_WithATable_WritesEachOfItsCommandsAndEachRole(string room)
    {
        RoleTable table = Table(room);

        Assert.Equal(Roles.All.Order(StringComparer.Ordinal), table.Named.Order(StringComparer.Ordinal));
        Assert.NotEmpty(table.Commands);
        Assert.Equal(table.Commands.Select(command => command.Name), table.Written);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public async Task Command_OfARoom_OpensToTheRolesInItsTableAndDoesNothingForOthers(string room)
    {
        RoleTable table = Table(room);
        List<string> written = [];
        List<string> tried = [];
        foreach (Type command in table.Commands)
        {
            foreach (string role in Roles.All)
            {
                written.Add($"{command.Name} {role}: {(table.Allowed(command).Contains(role) ? "answered" : "refused")}");
                tried.Add($"{command.Name} {role}: {await TryAsync(table, command, shared.People[role])}");
            }
        }

        Assert.Equal(written, tried);
    }

    [Fact]
    public async Task Write_OfACommandThatIsAllowed_IsSeenByWhatWatchesTheRefusedOnes()
    {
        long before = await shared.WritesAsync();

        await shared.Console.Use<MuteReporter>().RunAsync(shared.People[Roles.Lead], new PlatformActor("account", "loud"), "reports to harm", Cancel);

        Assert.NotEqual(before, await shared.WritesAsync());
    }

    private static RoleTable Table(string name) => (RoleTable)Activator.CreateInstance(RoleTable.All.Single(table => table.Name == name))!;

    private async Task<string> TryAsync(RoleTable table, Type command, Caller caller)
    {
        object useCase = ActivatorUtilities.GetServiceOrCreateInstance(shared.Console.Services, command);
        MethodInfo run = command.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Single(method => method.Name == "RunAsync");
        object?[] arguments = [.. run.GetParameters().Select(parameter => table.Given(parameter, caller))];
        long before = await shared.WritesAsync();
        try
        {
            await (Task)run.Invoke(useCase, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            return "answered";
        }
        catch (PermissionDeniedException)
        {
            return await shared.WritesAsync() == before ? "refused" : "refused, and yet something was written";
        }
    }

    /// <summary>One console with a person of each role.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private readonly Dictionary<string, Caller> _people = [];
        private ConsoleDbContext _watch = null!;

        public TestConsole Console { get; private set; } = null!;

        public IReadOnlyDictionary<string, Caller> People => _people;

        public async ValueTask InitializeAsync()
        {
            Console = await TestConsole.StartAsync();
            foreach (string role in Roles.All)
            {
                _people[role] = await Console.PersonAsync(role);
            }

            _watch = await Console.Contexts.CreateDbContextAsync(Cancel);
            await _watch.Database.OpenConnectionAsync(Cancel);
        }

        /// <summary>A number that is another one as soon as anything was written to the database.</summary>
        public async Task<long> WritesAsync()
        {
            await using SqliteCommand ask = ((SqliteConnection)_watch.Database.GetDbConnection()).CreateCommand();
            ask.CommandText = "PRAGMA data_version";
            return (long)(await ask.ExecuteScalarAsync(Cancel))!;
        }

        public async ValueTask DisposeAsync()
        {
            await _watch.DisposeAsync();
            await Console.DisposeAsync();
        }
    }
}
