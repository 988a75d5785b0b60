using OpencodeOtel.Cli.Ci;

namespace OpencodeOtel.Cli.Tests.Ci;

public sealed class CiAttributesTests
{
    public static TheoryData<string, string, string> Systems { get; } = new()
    {
        {
            "GitHub, a push",
            """
            GITHUB_ACTIONS=true
            GITHUB_WORKFLOW=Build and Test
            GITHUB_RUN_ID=9753949763
            GITHUB_RUN_ATTEMPT=1
            GITHUB_JOB=test
            GITHUB_SERVER_URL=https://github.com
            GITHUB_REPOSITORY=acme/slugify
            GITHUB_REPOSITORY_OWNER=acme
            GITHUB_REF=refs/heads/main
            GITHUB_REF_NAME=main
            GITHUB_REF_TYPE=branch
            GITHUB_SHA=9d59409acf479dfa0df1aa568182e43e43df8bbe
            GITHUB_HEAD_REF=
            GITHUB_TOKEN=ghs_secret
            RUNNER_NAME=Hosted Agent
            """,
            """
            cicd.pipeline.name=Build and Test
            cicd.pipeline.run.id=9753949763
            cicd.pipeline.run.url.full=https://github.com/acme/slugify/actions/runs/9753949763
            cicd.pipeline.task.name=test
            cicd.worker.name=Hosted Agent
            vcs.owner.name=acme
            vcs.provider.name=github
            vcs.ref.head.name=main
            vcs.ref.head.revision=9d59409acf479dfa0df1aa568182e43e43df8bbe
            vcs.ref.head.type=branch
            vcs.repository.name=slugify
            vcs.repository.url.full=https://github.com/acme/slugify
            """
        },
        {
            "GitHub, a pull request run again",
            """
            GITHUB_ACTIONS=true
            GITHUB_RUN_ID=17
            GITHUB_RUN_ATTEMPT=2
            GITHUB_SERVER_URL=https://github.example.com/
            GITHUB_REPOSITORY=acme/slugify
            GITHUB_REF=refs/pull/42/merge
            GITHUB_REF_NAME=42/merge
            GITHUB_HEAD_REF=feature
            GITHUB_BASE_REF=main
            """,
            """
            cicd.pipeline.run.id=17
            cicd.pipeline.run.url.full=https://github.example.com/acme/slugify/actions/runs/17/attempts/2
            vcs.change.id=42
            vcs.provider.name=github
            vcs.ref.base.name=main
            vcs.ref.head.name=feature
            vcs.ref.head.type=branch
            vcs.repository.name=slugify
            vcs.repository.url.full=https://github.example.com/acme/slugify
            """
        },
        {
            "GitLab, a merge request",
            """
            GITLAB_CI=true
            CI_PIPELINE_NAME=Checks
            CI_PIPELINE_ID=1001
            CI_PIPELINE_URL=https://gitlab.com/acme/slugify/-/pipelines/1001
            CI_JOB_NAME=test
            CI_JOB_ID=2002
            CI_JOB_URL=https://gitlab.com/acme/slugify/-/jobs/2002
            CI_JOB_TOKEN=secret
            CI_REPOSITORY_URL=https://gitlab-ci-token:secret@gitlab.com/acme/slugify.git
            CI_RUNNER_ID=12
            CI_RUNNER_DESCRIPTION=shared
            CI_PROJECT_NAMESPACE=acme
            CI_PROJECT_NAME=slugify
            CI_PROJECT_URL=https://gitlab.com/acme/slugify
            CI_COMMIT_REF_NAME=refs/merge-requests/7/head
            CI_COMMIT_SHA=abc
            CI_MERGE_REQUEST_IID=7
            CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=feature
            CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
            """,
            """
            cicd.pipeline.name=Checks
            cicd.pipeline.run.id=1001
            cicd.pipeline.run.url.full=https://gitlab.com/acme/slugify/-/pipelines/1001
            cicd.pipeline.task.name=test
            cicd.pipeline.task.run.id=2002
            cicd.pipeline.task.run.url.full=https://gitlab.com/acme/slugify/-/jobs/2002
            cicd.worker.id=12
            cicd.worker.name=shared
            vcs.change.id=7
            vcs.owner.name=acme
            vcs.provider.name=gitlab
            vcs.ref.base.name=main
            vcs.ref.head.name=feature
            vcs.ref.head.revision=abc
            vcs.ref.head.type=branch
            vcs.repository.name=slugify
            vcs.repository.url.full=https://gitlab.com/acme/slugify
            """
        },
        {
            "Jenkins",
            """
            JENKINS_URL=https://ci.example.com/
            JOB_NAME=slugify/main
            BUILD_NUMBER=5
            BUILD_URL=https://user:password@ci.example.com/job/slugify/5/
            STAGE_NAME=Test
            NODE_NAME=built-in
            GIT_URL=https://user:token@git.example.com/acme/slugify.git
            GIT_BRANCH=origin/main
            GIT_COMMIT=abc
            """,
            """
            cicd.pipeline.name=slugify/main
            cicd.pipeline.run.id=5
            cicd.pipeline.run.url.full=https://ci.example.com/job/slugify/5/
            cicd.pipeline.task.name=Test
            cicd.worker.name=built-in
            vcs.ref.head.name=origin/main
            vcs.ref.head.revision=abc
            vcs.ref.head.type=branch
            vcs.repository.url.full=https://git.example.com/acme/slugify
            """
        },
        {
            "Azure Pipelines, a pull request",
            """
            TF_BUILD=True
            BUILD_DEFINITIONNAME=slugify CI
            BUILD_BUILDID=77
            SYSTEM_COLLECTIONURI=https://dev.azure.com/acme/
            SYSTEM_TEAMPROJECT=My Project
            SYSTEM_JOBDISPLAYNAME=Test
            SYSTEM_JOBID=12f1170f
            SYSTEM_ACCESSTOKEN=secret
            AGENT_ID=8
            AGENT_NAME=Azure Pipelines 2
            BUILD_REPOSITORY_NAME=acme/slugify
            BUILD_REPOSITORY_URI=https://acme@dev.azure.com/acme/_git/slugify
            BUILD_SOURCEBRANCH=refs/pull/3/merge
            BUILD_SOURCEVERSION=abc
            SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/feature/x
            SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main
            SYSTEM_PULLREQUEST_PULLREQUESTID=3
            """,
            """
            cicd.pipeline.name=slugify CI
            cicd.pipeline.run.id=77
            cicd.pipeline.run.url.full=https://dev.azure.com/acme/My%20Project/_build/results?buildId=77
            cicd.pipeline.task.name=Test
            cicd.pipeline.task.run.id=12f1170f
            cicd.worker.id=8
            cicd.worker.name=Azure Pipelines 2
            vcs.change.id=3
            vcs.ref.base.name=main
            vcs.ref.head.name=feature/x
            vcs.ref.head.revision=abc
            vcs.ref.head.type=branch
            vcs.repository.name=slugify
            vcs.repository.url.full=https://dev.azure.com/acme/_git/slugify
            """
        },
        {
            "Buildkite, a tag",
            """
            BUILDKITE=true
            BUILDKITE_PIPELINE_SLUG=slugify
            BUILDKITE_BUILD_ID=b-1
            BUILDKITE_BUILD_URL=https://buildkite.com/acme/slugify/builds/1
            BUILDKITE_LABEL=Test
            BUILDKITE_JOB_ID=j-1
            BUILDKITE_AGENT_ACCESS_TOKEN=secret
            BUILDKITE_AGENT_NAME=agent-1
            BUILDKITE_REPO=git@github.com:acme/slugify.git
            BUILDKITE_BRANCH=main
            BUILDKITE_TAG=v1
            BUILDKITE_COMMIT=abc
            BUILDKITE_PULL_REQUEST=false
            """,
            """
            cicd.pipeline.name=slugify
            cicd.pipeline.run.id=b-1
            cicd.pipeline.run.url.full=https://buildkite.com/acme/slugify/builds/1
            cicd.pipeline.task.name=Test
            cicd.pipeline.task.run.id=j-1
            cicd.pipeline.task.run.url.full=https://buildkite.com/acme/slugify/builds/1#j-1
            cicd.worker.name=agent-1
            vcs.ref.head.name=v1
            vcs.ref.head.revision=abc
            vcs.ref.head.type=tag
            vcs.repository.url.full=https://github.com/acme/slugify
            """
        },
        { "none", "CI=true\nGIT_COMMIT=abc", string.Empty },
        { "an address that is none", "JENKINS_URL=x\nGIT_URL=token:secret/path with spaces", string.Empty },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_ci_system_tells_what_it_knows_and_no_secret(string system, string environment, string expected)
    {
        Dictionary<string, string> variables = environment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        IReadOnlyList<KeyValuePair<string, string>> attributes = CiAttributes.Read(variables.GetValueOrDefault);

        Assert.NotEmpty(system);
        Assert.Equal(
            expected.ReplaceLineEndings("\n"),
            string.Join('\n', attributes.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(attributes, attribute => attribute.Value.Contains("secret", StringComparison.Ordinal) || attribute.Value.Contains("password", StringComparison.Ordinal));
    }
}
