using System.Reflection;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Tests.Support;

/// <summary>
/// Which role may give which command of one room, written out. A room is in the check as soon as a class of its own says its table;
/// commands of a folder below belong to that folder's table where it has one.
/// </summary>
public abstract class RoleTable
{
    private readonly Type[] _commands;

    protected RoleTable() => _commands =
    [
        .. UseCases.In(typeof(UseCases).Assembly).Where(type => RoomOf(type) == GetType()).OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every room's table.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(RoleTable).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RoleTable))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The namespace of the room in the core, such as <c>Appeals</c>.</summary>
    public abstract string Room { get; }

    /// <summary>First the roles; then a line for each command with <c>x</c> where the role may, and a point where it may not.</summary>
    public abstract string Rows { get; }

    /// <summary>The commands that the room has.</summary>
    public IReadOnlyList<Type> Commands => _commands;

    /// <summary>The roles in the table.</summary>
    public IReadOnlyList<string> Named => Lines()[0];

    /// <summary>The commands in the table.</summary>
    public IReadOnlyList<string> Written => [.. Lines()[1..].Select(row => row[0])];

    /// <summary>Those whom the table lets give a command.</summary>
    public IReadOnlySet<string> Allowed(Type command) =>
        Lines()[0].Zip(Lines()[1..].Single(row => row[0] == command.Name)[1..]).Where(cell => cell.Second == "x").Select(cell => cell.First).ToHashSet(StringComparer.Ordinal);

    /// <summary>What a command is given: nothing that exists, since it only matters that it answers.</summary>
    public object? Given(ParameterInfo parameter, Caller caller) =>
        parameter.ParameterType == typeof(Caller) ? caller : parameter.HasDefaultValue ? parameter.DefaultValue : Made(parameter.ParameterType);

    /// <summary>A value of a type that the plain ones below do not do for; null where they do.</summary>
    protected virtual object? Special(Type type) => null;

    private object? Made(Type type) => Special(type) ?? type switch
    {
        _ when type == typeof(CancellationToken) => TestContext.Current.CancellationToken,
        _ when type == typeof(Guid) => Guid.CreateVersion7(),
        _ when type == typeof(string) => "words",
        _ when type == typeof(double) => 0.1,
        _ when Nullable.GetUnderlyingType(type) is not null => null,
        { IsValueType: true } => Activator.CreateInstance(type),
        { IsGenericType: true } when type.IsAssignableFrom(type.GenericTypeArguments[0].MakeArrayType()) => Array.CreateInstance(type.GenericTypeArguments[0], 0),
        { IsInterface: true } => throw new InvalidOperationException($"{GetType().Name} must say what stands for a {type.Name}."),
        _ => type.GetConstructors().OrderBy(one => one.GetParameters().Length).First() is var make
            ? make.Invoke([.. make.GetParameters().Select(one => Made(one.ParameterType))])
            : null,
    };

    private string[][] Lines() => [.. Rows.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static Type? RoomOf(Type command) => All
        .Where(table => Within(command.Namespace!, Instance(table).Room)).OrderByDescending(table => Instance(table).Room.Length).FirstOrDefault();

    private static bool Within(string space, string room) => $"{space}.".StartsWith($"{typeof(UseCases).Namespace!.Replace(".Access", "", StringComparison.Ordinal)}.{room}.", StringComparison.Ordinal);

    // Only to ask its name: a table is not made whole while another is.
    private static RoleTable Instance(Type table) => (RoleTable)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(table);
}
