using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Tests.Unit.Data;

/// <summary>What is made of what SQL Server says, by its numbers.</summary>
public sealed class SqlServerErrorTests
{
    [Theory]
    // A deadlock's victim; a key or a unique index that another writer was quicker with.
    [InlineData(1205, true)]
    [InlineData(2601, true)]
    [InlineData(2627, true)]
    // A reference that does not hold, a trigger's refusal, a syntax error.
    [InlineData(547, false)]
    [InlineData(51000, false)]
    [InlineData(102, false)]
    public void Error_OfAnotherWriter_IsRunAgainHoweverItIsWrapped(int number, bool runsAgain)
    {
        SqlException error = Error(number);

        Assert.Equal(
            (runsAgain, runsAgain, runsAgain, runsAgain),
            (WriteConflict.Is(error), WriteConflict.Is(new DbUpdateException("", error)),
                WriteConflict.Is(new InvalidOperationException("", error)), WriteConflict.Is(new InvalidOperationException("", new DbUpdateException("", error)))));
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(4060, true)]
    [InlineData(10054, true)]
    [InlineData(1205, false)]
    [InlineData(18456, false)]
    public void Error_OfAServerThatIsAway_IsWaitedFor(int number, bool isAway) => Assert.Equal(isAway, Unreachable.Is(Error(number)));

    // The client has no public way to make one.
    private static SqlException Error(int number)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        ConstructorInfo make = typeof(SqlError).GetConstructors(Hidden).First(one => one.GetParameters().All(parameter => parameter.ParameterType != typeof(uint)));
        object?[] arguments = [.. make.GetParameters().Select((parameter, place) =>
            place == 0 ? number : parameter.ParameterType == typeof(string) ? "" : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)];
        object errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [make.Invoke(arguments)]);
        MethodInfo create = typeof(SqlException).GetMethod("CreateException", Hidden, [typeof(SqlErrorCollection), typeof(string)])!;
        return (SqlException)create.Invoke(null, [errors, ""])!;
    }
}
