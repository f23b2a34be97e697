using System.Reflection;
using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>What someone knows who asks.</summary>
/// <param name="Numbers">Numbers of cases, tasks and draws.</param>
/// <param name="Ids">Ids of sessions, queues and people.</param>
internal sealed record Knowledge(long[] Numbers, Guid[] Ids);

/// <summary>Asks every use case that reads, with all that the asker knows.</summary>
internal static class EveryQuery
{
    private static readonly JsonSerializerOptions s_json = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>By question: the answer as JSON. What the asker may not ask is left out.</summary>
    public static async Task<Dictionary<string, string>> AskAsync(TestConsole console, Caller caller, Knowledge known)
    {
        Dictionary<string, string> answers = [];
        foreach (MethodInfo run in UseCases.In(typeof(UseCases).Assembly).Where(Reads).SelectMany(type => type.GetMethods()).Where(Answers))
        {
            Type type = run.DeclaringType!;
            foreach (object?[] arguments in Combinations([.. run.GetParameters().Select(parameter => Choices(parameter.ParameterType, caller, known))]))
            {
                object useCase = typeof(TestConsole).GetMethod(nameof(TestConsole.Use))!.MakeGenericMethod(type).Invoke(console, null)!;
                Task asked = (Task)run.Invoke(useCase, arguments)!;
                try
                {
                    await asked;
                }
                catch (PermissionDeniedException)
                {
                    break;
                }

                string question = $"{type.Name}({string.Join(' ', arguments.Skip(1).Where(argument => argument is not null and not CancellationToken))})";
                answers[question] = JsonSerializer.Serialize(asked.GetType().GetProperty("Result")!.GetValue(asked), s_json);
            }
        }

        return answers;
    }

    // Those that only read are made without the way to write.
    private static bool Reads(Type type) =>
        !type.GetConstructors().SelectMany(made => made.GetParameters()).Any(part => part.ParameterType == typeof(WritePath) || part.ParameterType == typeof(CalibrationMoving))
        && type.GetCustomAttribute<RequiresAttribute>() is not null && type.Name is not "FillDemo";

    private static bool Answers(MethodInfo method) => method.Name == "RunAsync" && typeof(Task).IsAssignableFrom(method.ReturnType);

    private static object?[] Choices(Type type, Caller caller, Knowledge known)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(Caller) ? [caller]
            : plain == typeof(CancellationToken) ? [Cancel]
            : plain == typeof(long) ? [.. known.Numbers.Cast<object?>()]
            : plain == typeof(Guid) ? [.. known.Ids.Cast<object?>()]
            : plain == typeof(string) ? ["1"]
            : plain == typeof(int) ? [50]
            : plain == typeof(bool) ? [false, true]
            : plain.IsEnum ? [Enum.GetValues(plain).GetValue(0)]
            : plain.IsValueType || typeof(Delegate).IsAssignableFrom(plain) ? [null]
            : [Empty(plain)];
    }

    // A filter that leaves nothing out.
    private static object? Empty(Type type)
    {
        if (type.IsInterface || type.IsArray || type.IsAbstract)
        {
            return type.GenericTypeArguments is [{ } one] ? Array.CreateInstance(one, 0) : null;
        }

        ConstructorInfo made = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).First();
        return made.Invoke([.. made.GetParameters().Select(part => part.HasDefaultValue ? part.DefaultValue
            : part.ParameterType.IsValueType ? Activator.CreateInstance(part.ParameterType)
            : part.ParameterType == typeof(string) ? "" : null)]);
    }

    private static IEnumerable<object?[]> Combinations(object?[][] choices) => choices.Aggregate(
        (IEnumerable<object?[]>)[[]], (all, next) => all.SelectMany(chosen => next.Select(one => (object?[])[.. chosen, one])));
}
