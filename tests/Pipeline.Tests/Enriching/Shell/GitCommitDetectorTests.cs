using System.Text;
using CsCheck;
using OpencodeOtel.Pipeline.Enriching.Shell;

namespace OpencodeOtel.Pipeline.Tests.Enriching.Shell;

/// <summary>Section 7 of the specification, the table of command lines.</summary>
public class GitCommitDetectorTests
{
    [Theory]
    [InlineData("git commit -m x", 1)]
    [InlineData("git commit", 1)]
    [InlineData("  git   commit\t--amend --no-edit", 1)]
    [InlineData("git add -A && git commit -m \"Strip punctuation in slug()\" && git log --oneline -1", 1)]
    [InlineData("git commit -m a; git commit -m b", 2)]
    [InlineData("false || git commit -m x", 1)]
    [InlineData("yes | git commit -F -", 1)]
    [InlineData("sleep 1 & git commit -m x", 1)]
    [InlineData("cd repo\ngit commit -m x\n", 1)]
    [InlineData("cd repo\r\ngit commit -m x\r\n", 1)]
    [InlineData("(cd repo; git commit -m x)", 1)]
    [InlineData("(git commit -m x)", 1)]
    [InlineData("{ git commit -m x; }", 1)]
    [InlineData("if true; then git commit -m x; fi", 1)]
    [InlineData("if git commit -m x; then echo done; fi", 1)]
    [InlineData("if false; then :; else git commit -m x; fi", 1)]
    [InlineData("for f in a b; do git commit -m \"$f\"; done", 1)]
    [InlineData("while read l; do git commit -m x; done < list", 1)]
    [InlineData("case $x in a) git commit -m x;; esac", 1)]
    [InlineData("f() { git commit -m x; }", 1)]
    [InlineData("! git commit -m x", 1)]
    [InlineData("GIT_AUTHOR_DATE=\"2020-01-01 00:00\" A=b git commit -m x", 1)]
    [InlineData("A+=b git commit -m x", 1)]
    [InlineData("sudo git commit -m x", 1)]
    [InlineData("sudo -u bob -- git commit -m x", 1)]
    [InlineData("sudo -u bob git commit -m x", 1)]
    [InlineData("env -i A=b git commit -m x", 1)]
    [InlineData("env -u A git commit -m x", 1)]
    [InlineData("time -p git commit -m x", 1)]
    [InlineData("command git commit -m x", 1)]
    [InlineData("nohup git commit -m x &", 1)]
    [InlineData("/usr/bin/git commit -m x", 1)]
    [InlineData("git -C dir commit -m x", 1)]
    [InlineData("git -C 'my dir' -c user.name=me -c 'user.email=a b' commit -m x", 1)]
    [InlineData("git --git-dir=/x/.git --work-tree=/x commit -m x", 1)]
    [InlineData("git --git-dir /x/.git --work-tree /x commit -m x", 1)]
    [InlineData("git --no-pager commit -m x", 1)]
    [InlineData("git commit -am 'message' 2>&1 | tail -3", 1)]
    [InlineData("2>err git commit -m x", 1)]
    [InlineData(">log 2>&1 git commit -m x", 1)]
    [InlineData("git commit -m x &>log", 1)]
    [InlineData("git \\\n  commit \\\n  -m x", 1)]
    [InlineData("git commit -m \"$(cat <<'EOF'\nDon't stop; (see #1)\n\nEOF\n)\"", 1)]
    [InlineData("git commit -m \"$(cat <<'EOF'\nIt's git commit;\ngit commit -m y\nEOF\n)\" && git push", 1)]
    [InlineData("git commit -F - <<EOF\ngit commit\nEOF\ngit commit -m y", 2)]
    [InlineData("git commit -F - <<-\"EOF\"\n\tgit commit\n\tEOF\ngit commit -m y", 2)]
    [InlineData("cat <<A <<B\ngit commit\nA\ngit commit\nB\ngit commit -m x", 1)]
    [InlineData("echo $(git commit -m x)", 1)]
    [InlineData("A=$(git commit -m x) git commit -m y", 2)]
    [InlineData("echo `git commit -m x`", 1)]
    [InlineData("diff <(git commit -m x) b", 1)]
    [InlineData("echo $((1 << 2)); git commit -m x", 1)]
    [InlineData("echo $((1 << 2))\ngit commit -m x\n2", 1)]
    [InlineData("echo ${x:-git commit}; git commit -m x", 1)]
    [InlineData("git commit -m --dry-run", 1)]
    [InlineData("git commit -am --dry-run", 1)]
    [InlineData("git commit --message --help", 1)]
    [InlineData("git commit -m x -- --dry-run", 1)]
    [InlineData("git commit -m\"text\" && echo", 1)]
    [InlineData("git commit -m x # git commit", 1)]
    [InlineData("echo a#b; git commit -m x", 1)]
    [InlineData("echo $'it\\'s' && git commit -m x", 1)]
    [InlineData("git -C $(git rev-parse --show-toplevel) commit -m x", 1)]
    [InlineData("git -C `pwd` commit -m x", 1)]
    [InlineData("git -C \"$(pwd)\" commit -m x", 1)]
    [InlineData("git -C $(pwd)/sub commit -m x", 1)]
    [InlineData("git -C /x/$(pwd)/sub commit -m x", 1)]
    [InlineData("git -C $((1 + 1)) commit -m x", 1)]
    [InlineData("git -C <(pwd) commit -m x", 1)]
    [InlineData("git commit -m$(date) --amend", 1)]
    [InlineData("git commit -m $(date)$(date) `date`", 1)]
    [InlineData("git commit -m $(echo --dry-run)", 1)]
    [InlineData("echo $(git commit -m x)git; git commit -m y", 2)]
    [InlineData("A=$(pwd)/x B=`pwd` git commit -m x", 1)]
    [InlineData("> $(mktemp) git commit -m x", 1)]
    [InlineData("$(pwd)#x; git commit -m x", 1)]
    [InlineData("case $x in a)git commit -m x;; esac", 1)]
    [InlineData("git commit\\\n -m x", 1)]
    [InlineData("git\\\n\\\n commit\\\n", 1)]
    [InlineData("git commit\\\n;git commit", 2)]
    [InlineData("echo \"$((1 << 2))\"\ngit commit -m x", 1)]
    [InlineData("((x = 1 << 2))\ngit commit -m x", 1)]
    [InlineData("if ((x < 2)); then git commit -m x; fi", 1)]
    [InlineData("for ((i = 0; i < 3; i++)); do git commit -m $i; done", 1)]
    [InlineData("((git commit -m x); git commit -m y)", 2)]
    [InlineData("arr=(a b); git commit -m x", 1)]
    [InlineData("arr+=(a \"$(date)\" 'b)' c\n) && git commit -m x", 1)]
    [InlineData("[[ a == b ]] && git commit -m x", 1)]
    [InlineData("[[ $a =~ (x|y) && \"]]\" < b ]] && git commit -m x", 1)]
    [InlineData("echo [[; git commit -m x", 1)]
    public void A_commit_in_command_position_counts(string command, int count) => Assert.Equal(count, Count(command));

    [Theory]
    [InlineData("")]
    [InlineData("git")]
    [InlineData("git status")]
    [InlineData("git commit-tree HEAD")]
    [InlineData("git commit-graph write")]
    [InlineData("git commit --dry-run")]
    [InlineData("git commit -m x --dry-run")]
    [InlineData("git commit --help")]
    [InlineData("git commit -h")]
    [InlineData("git commit --porcelain")]
    [InlineData("git --help commit")]
    [InlineData("git -h commit")]
    [InlineData("echo git commit -m x")]
    [InlineData("echo \"git commit\"; echo 'git commit -m x'")]
    [InlineData("echo \"; git commit -m x\"")]
    [InlineData("echo '\ngit commit -m x\n'")]
    [InlineData("echo \"$(git commit -m x)\"")]
    [InlineData("\"git commit\" -m x")]
    [InlineData("bash -c 'git commit -m x'")]
    [InlineData("# git commit -m x")]
    [InlineData("ls # && git commit -m x")]
    [InlineData("cat <<EOF\ngit commit -m x\nEOF")]
    [InlineData("cat > run.sh <<'EOF'\n#!/bin/sh\ngit commit -m x\nEOF")]
    [InlineData("cat <<EOF\ngit commit -m x")]
    [InlineData("git log --grep commit")]
    [InlineData("git -C commit status")]
    [InlineData("git -c commit.gpgsign=false log")]
    [InlineData("git log; commit")]
    [InlineData("mygit commit")]
    [InlineData("git2 commit")]
    [InlineData("git add commit")]
    [InlineData("command -v git commit")]
    [InlineData("grep -r git commit")]
    [InlineData("git \\; commit")]
    [InlineData("echo a > git commit")]
    [InlineData("git \"commit-tree\"")]
    [InlineData("echo \\\n git commit")]
    [InlineData("cat <<< 'git commit'")]
    [InlineData("git commit -m $(date) --dry-run")]
    [InlineData("git commit -m$(date) --dry-run")]
    [InlineData("git commit -m `date` --help")]
    [InlineData("git commit -m x`date`y --help")]
    [InlineData("git -C $(pwd) log commit")]
    [InlineData("git$(date) commit -m x")]
    [InlineData("$(date) git commit -m x")]
    [InlineData("echo $(date)git commit -m x")]
    [InlineData("echo $((git commit))")]
    [InlineData("arr=(git commit -m x)")]
    [InlineData("arr+=(\ngit commit -m x\n)")]
    [InlineData("declare -a arr=(git commit)")]
    [InlineData("[[ $a =~ (git commit) ]]")]
    [InlineData("[[ git commit && (git commit) || git commit ]]")]
    [InlineData("((git commit -m x))")]
    public void What_only_looks_like_a_commit_does_not_count(string command) => Assert.Equal(0, Count(command));

    [Fact]
    public void Any_text_is_survived()
    {
        string[] pieces = ["git", "commit", "a=(", "[[", "]]", "((", "))", " ", "\n", "'", "\"", "`", "$(", "$((", "${", "(", ")", "{", "}", "<<EOF", "EOF", "<<-", "<", ">", "&", "|", ";", "#", "\\", "-m", "--", "$'", "é", "\0"];
        Gen.Int[0, pieces.Length - 1].Select(at => pieces[at]).Array[0, 40].Sample(words => Assert.InRange(Count(string.Concat(words)), 0, 20));
        Gen.Byte.Array[0, 60].Sample(bytes => Assert.InRange(GitCommitDetector.Count(bytes), 0, 1));
    }

    [Fact]
    public void Deep_nesting_is_survived() =>
        Assert.InRange(
            Count(string.Concat(Enumerable.Repeat("$(", 100_000))) + Count(string.Concat(Enumerable.Repeat("\"$(", 100_000))) + Count(string.Concat(Enumerable.Repeat("(", 100_000))),
            0,
            0);

    [Theory]
    [InlineData("((")]
    [InlineData("((a) ")]
    [InlineData("[[ ")]
    [InlineData("a=(")]
    [InlineData("\"$((a) ")]
    [InlineData("\"$(((a) ")]
    [InlineData("\"$([[ ")]
    [InlineData("x\\\n")]
    [InlineData("$(a)b`c`")]
    public void Long_text_is_read_in_no_time(string piece)
    {
        long start = Environment.TickCount64;
        Count(string.Concat(Enumerable.Repeat(piece, 50_000)));
        Count("echo \"$(" + string.Concat(Enumerable.Repeat(piece, 50_000)));

        Assert.InRange(Environment.TickCount64 - start, 0, 10_000);
    }

    [Theory]
    [InlineData("git commit", true)]
    [InlineData("git \\\"commit", true)]
    [InlineData("git status", false)]
    public void Most_commands_need_no_reading(string json, bool isWorth) =>
        Assert.Equal(isWorth, GitCommitDetector.IsWorthReading(Encoding.UTF8.GetBytes(json)));

    private static int Count(string command) => GitCommitDetector.Count(Encoding.UTF8.GetBytes(command));
}
