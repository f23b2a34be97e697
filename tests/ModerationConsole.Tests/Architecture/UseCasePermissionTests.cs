using System.Reflection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.OwnRoles;
using ModerationConsole.Core.People.SingleSignOn;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Architecture;

/// <summary>Every use case declares its permission and asks for it before it does anything else.</summary>
public sealed class UseCasePermissionTests
{
    // Every command with the permission it asks for and the standing roles that have it. Who changes a line says why in the same commit.
    private const string Reviewed = "tests/ModerationConsole.Tests/Architecture/commands-by-role.txt";

    private static readonly Type[] s_all = [.. UseCases.In(typeof(UseCases).Assembly).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    // How callers become known. Whoever adds one explains it here.
    private static readonly string[] s_anonymous =
    [
        nameof(AuthenticateApiKey), nameof(ChooseFirstPassword), nameof(EndSessionsAtProvider), nameof(NoteRefutedSignIn), nameof(SetUpAtSignIn), nameof(SignIn),
        nameof(SignInWithCode), nameof(SignInWithPasskey), nameof(SignInWithProvider),
    ];

    [Fact]
    public void UseCase_OfAnyRoom_DeclaresExactlyOnePermission()
    {
        string[] wrong =
        [
            .. s_all.Where(type => type.GetCustomAttributes<RequiresAttribute>().Count() + type.GetCustomAttributes<AnonymousAttribute>().Count() != 1)
                .Select(type => type.FullName!),
        ];

        Assert.NotEmpty(s_all);
        Sources.None(wrong);
    }

    [Fact]
    public void UseCase_WithoutACaller_IsOneOfTheKnownFew()
    {
        Assert.Equal(s_anonymous, s_all.Where(type => type.GetCustomAttribute<AnonymousAttribute>() is not null).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task UseCase_CalledByAStranger_RefusesBeforeAnythingElse()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        Caller[] strangers = [Caller.Person(Guid.NewGuid()), Caller.ApiKey(Guid.NewGuid(), new HashSet<Permission>())];

        Sources.None(await OpenToAsync(console, strangers, _ => true));
    }

    [Fact]
    public async Task UseCase_CalledByEachRole_RefusesThoseWithoutItsPermission()
    {
        // Every second permission is no role that anybody would be given with the pairs that stay apart.
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Separation:Apart"] = "" });
        List<string> open = [];
        foreach (string role in Roles.All)
        {
            AddPersonOutcome added = await console.Use<AddPerson>().RunAsync(
                Caller.System, new NewPerson($"{role}@test.local", role, [role], Password: "an ordinary long password"), TestContext.Current.CancellationToken);
            IReadOnlySet<Permission> held = Roles.PermissionsOf(role);
            open.AddRange((await OpenToAsync(console, [Caller.Person(added.PersonId)], permission => !held.Contains(permission))).Select(one => $"{role}: {one}"));
        }

        // A role that is made here opens what it includes, and no more.
        Permission[] half = [.. Roles.Combinable.Where((_, index) => index % 2 == 0)];
        OwnRoleOutcome made = await console.Use<MakeRole>().RunAsync(Caller.System, "Half", "", half, TestContext.Current.CancellationToken);
        Assert.Equal(OwnRoleResult.Saved, made.Result);
        AddPersonOutcome holder = await console.Use<AddPerson>().RunAsync(
            Caller.System, new NewPerson("half@test.local", "Half", ["Half"], Password: "an ordinary long password"), TestContext.Current.CancellationToken);
        open.AddRange((await OpenToAsync(console, [Caller.Person(holder.PersonId)], permission => !half.Contains(permission))).Select(one => $"Half: {one}"));

        Sources.None(open);
    }

    [Fact]
    public void UseCase_OfEachRoom_OpensToTheRolesThatWereReviewed()
    {
        string[] roles = [.. Cells(Sources.Lines(Reviewed)[0])[2..]];
        IEnumerable<string> asked = s_all.Where(type => type.GetCustomAttribute<RequiresAttribute>() is not null).Select(type =>
        {
            Permission permission = type.GetCustomAttribute<RequiresAttribute>()!.Permission;
            string name = type.FullName!.Replace("ModerationConsole.Core.", "", StringComparison.Ordinal);
            return $"{name} {permission} {string.Join(' ', roles.Select(role => Roles.PermissionsOf(role).Contains(permission) ? "x" : "."))}";
        });

        Assert.Equal(Roles.All.Order(), roles.Order());
        Assert.Equal(Sources.Lines(Reviewed)[1..].Select(line => string.Join(' ', Cells(line))).Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // What of the use cases that ask for one of these permissions was not refused.
    private static async Task<List<string>> OpenToAsync(WebConsole console, Caller[] callers, Func<Permission, bool> asked)
    {
        List<string> open = [];
        foreach (Type type in s_all.Where(type => type.GetCustomAttribute<RequiresAttribute>() is { } requires && asked(requires.Permission)))
        {
            object useCase = console.Services.GetService(type) ?? throw new InvalidOperationException($"{type.Name} is not registered.");
            MethodInfo[] methods = [.. type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName)];
            if (methods.Length == 0)
            {
                open.Add($"{type.Name} has nothing to call.");
            }

            foreach (MethodInfo method in methods)
            {
                foreach (Caller caller in callers)
                {
                    if (await CallAsync(useCase, method, caller) is { } answer)
                    {
                        open.Add($"{type.Name}.{method.Name} for {caller.Kind}: {answer}");
                    }
                }
            }
        }

        return open;
    }

    // Null when the call was refused as it must be. Arguments are what costs nothing to make: the demand comes before their check.
    private static async Task<string?> CallAsync(object useCase, MethodInfo method, Caller stranger)
    {
        if (!method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)))
        {
            return "takes no caller";
        }

        object?[] arguments =
        [
            .. method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(Caller) ? stranger
                : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                : parameter.ParameterType == typeof(string) ? ""
                : null),
        ];
        try
        {
            switch (method.Invoke(useCase, BindingFlags.DoNotWrapExceptions, null, arguments, null))
            {
                case Task task:
                    await task;
                    break;
                case { } result when result.GetType().GetMethod("AsTask") is { } asTask:
                    await (Task)asTask.Invoke(result, null)!;
                    break;
                case { } result when result.GetType().GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } sequence:
                    await (Task)typeof(UseCasePermissionTests).GetMethod(nameof(DrainAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                        .MakeGenericMethod(sequence.GetGenericArguments()).Invoke(null, [result])!;
                    break;
                default:
                    break;
            }

            return "was done";
        }
        catch (PermissionDeniedException denied)
        {
            Permission declared = useCase.GetType().GetCustomAttribute<RequiresAttribute>()!.Permission;
            return denied.Permission == declared ? null : $"asked for {denied.Permission} instead of {declared}";
        }
#pragma warning disable CA1031 // whatever else comes first is the finding
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"{error.GetType().Name} came first";
        }
    }

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> sequence)
    {
        await foreach (T _ in sequence)
        {
            return;
        }
    }
}
