using System.Reflection;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Tests.Support;

/// <summary>Makes arguments for any query: once asking for as much as there is, once for one case by its number and by its words.</summary>
public sealed class CanaryArguments(long caseNumber, string words)
{
    private const int Many = 100;

    /// <summary>The argument lists to ask with.</summary>
    public IEnumerable<object?[]> For(MethodInfo method, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(method);
        foreach (bool aimed in new[] { false, true })
        {
            yield return [.. method.GetParameters().Select(parameter => Make(parameter.ParameterType, caller, aimed))];
        }
    }

    private object? Make(Type type, Caller caller, bool aimed) => type switch
    {
        _ when type == typeof(Caller) => caller,
        _ when type == typeof(CancellationToken) => TestContext.Current.CancellationToken,
        _ when type == typeof(long) => aimed ? caseNumber : 1L,
        _ when type == typeof(long?) => aimed ? caseNumber : null,
        _ when type == typeof(int) => Many,
        _ when type == typeof(bool) => true,
        _ when type == typeof(string) => aimed ? words : null,
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        _ when Nullable.GetUnderlyingType(type) is not null => null,
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ when type.IsInterface || type.IsAbstract || type.IsArray || type.IsAssignableTo(typeof(Delegate)) => null,
        _ => Build(type, caller, aimed),
    };

    // A filter or a page: every part of it that may be left out is; an aimed one looks for the words or the number.
    private object? Build(Type type, Caller caller, bool aimed)
    {
        ConstructorInfo? maker = type.GetConstructors().OrderBy(one => one.GetParameters().Length).FirstOrDefault();
        if (maker is null)
        {
            return null;
        }

        object made = maker.Invoke([.. maker.GetParameters().Select(part =>
            aimed && part.ParameterType == typeof(long?) && part.Name!.Contains("case", StringComparison.OrdinalIgnoreCase) ? caseNumber
            : part.HasDefaultValue ? part.DefaultValue
            : Make(part.ParameterType, caller, aimed: false))]);
        if (aimed && type.GetProperty("Search") is { CanWrite: true } search && search.PropertyType == typeof(string))
        {
            search.SetValue(made, words);
        }

        return made;
    }
}
